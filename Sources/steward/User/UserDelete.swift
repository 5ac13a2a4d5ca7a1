import Administration
import ArgumentParser
import Foundation
import Identity
import JSON
import Tenants
import TodoStore

/// `steward user delete`
struct UserDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete all data of a user permanently.",
        discussion: """
            Asks for the user's id again, unless --yes is given. The next `steward backup` removes copies in backups.

            Example: steward user delete acme alice --yes
            """)

    @OptionGroup var arguments: AccountArguments

    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        if !yes {
            try Confirmation.ask(
                "This deletes all data of \(arguments.user) of \(arguments.tenant) permanently.",
                for: arguments.user.rawValue, named: "the user's id")
        }
        let isDeleted = try await reportingStoreErrors {
            try await workspace.withUserData { data in
                let account = arguments.account
                return try await workspace.recording(.deleteUser, account) { try await data.delete(account) }
            }
        }
        guard isDeleted else { throw arguments.missing }
        try shared.show(
            ["tenant": .string(arguments.tenant.rawValue), "user": .string(arguments.user.rawValue), "deleted": true],
            people: """
                All data of \(arguments.user) of \(arguments.tenant) is deleted.
                Valid tokens still give access; revoke them with
                  steward token revoke --tenant \(arguments.tenant) --user '\(arguments.user)'

                """)
    }
}
