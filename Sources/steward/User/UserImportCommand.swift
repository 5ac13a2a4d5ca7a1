import Administration
import ArgumentParser
import Assistant
import Foundation
import Identity
import JSON
import SQLiteStore
import Tenants
import TodoAPI
import TodoStore

/// `steward user import`
struct UserImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import an export of `steward user export` as the data of a user.",
        discussion: """
            Imports the SQLite file of the export, which contains more than the JSON. Every page and every value is checked
            first. Existing data of the user is only replaced with --replace; the export of another user or tenant is only
            accepted with --adopt.

            Examples: steward user import acme alice --from ./alice
                      steward user import globex alice --from ./alice --adopt
            """)

    @OptionGroup var arguments: AccountArguments

    @Option(help: ArgumentHelp("The folder of the export, or its SQLite file.", valueName: "path"))
    var from: String

    @Flag(help: "Replace all data of the user; asks for confirmation unless --yes is given.")
    var replace = false

    @Flag(help: "Accept the export of another user.")
    var adopt = false

    @Flag(help: "Do not ask for confirmation.")
    var yes = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let file = try ExportFile(from)
        let tenant = try await workspace.tenant(arguments.tenant)
        if replace, !yes {
            try Confirmation.ask(
                "All current data of \(arguments.user) of \(arguments.tenant) will be lost.",
                for: arguments.user.rawValue, named: "the user's id")
        }
        try workspace.makeDataFolder()
        let options = UserImport(limits: tenant.storeLimits, replaces: replace, adopts: adopt)
        let summary = try await reportingStoreErrors {
            try await workspace.withUserData { data in
                let account = arguments.account
                let details: JSONObject = ["from": .string(from), "replace": .bool(replace), "adopt": .bool(adopt)]
                try await workspace.recording(.importUser, account, details) {
                    try await data.importUser(account, from: file.path, options)
                }
                return try await data.summary(of: account)
            }
        }
        guard let summary else { throw arguments.missing }
        try shared.show(
            summary.json,
            people: """
                \(arguments.user) of \(arguments.tenant) now has \(summary.tasks) tasks, \(summary.conversations) \
                conversations and \(summary.changes) changes.

                """)
    }
}
