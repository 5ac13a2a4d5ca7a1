import ArgumentParser
import Foundation
import Identity
import JSON
import Tenants
import TodoStore

/// `steward user export`
struct UserExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all that a user has stored as JSON, and their SQLite file beside it.",
        discussion: """
            Both are of the same moment. The folder must not exist yet; only its owner can read it.

            Example: steward user export acme alice --to ./alice
            """)

    @OptionGroup var arguments: AccountArguments

    @Option(help: ArgumentHelp("The folder to make, for user.json and user.sqlite.", valueName: "dir"))
    var to: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        guard mkdir(to, 0o700) == 0 else {
            throw CommandError(
                "\(to) cannot be made: \(String(cString: strerror(errno)))", advice: "Name a new folder with --to.")
        }
        let (database, document) = ("\(to)/user.sqlite", "\(to)/user.json")
        do {
            try await reportingStoreErrors {
                let snapshot = try await Progress.show("Copying the database") {
                    try await workspace.withUserData { data in
                        let account = arguments.account
                        return try await workspace.recording(.exportUser, account) {
                            try await data.snapshot(of: account, to: database)
                        }
                    }
                }
                guard snapshot != nil else { throw arguments.missing }
                let copy = try DatabaseCopy(path: database)
                defer { copy.close() }
                try copy.check(isOf: arguments.account)
                var writer = try UserDocument(path: document)
                try writer.write(copy)
            }
        } catch {
            // Half an export looks like a whole one.
            try? FileManager.default.removeItem(atPath: to)
            throw error
        }
        shared.show(
            ["json": .string(document), "sqlite": .string(database)],
            people: "All that \(arguments.user) of \(arguments.tenant) has stored is in \(document) and \(database).\n")
    }
}
