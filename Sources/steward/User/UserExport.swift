import Administration
import ArgumentParser
import Foundation
import Identity
import JSON
import SQLiteStore
import Tenants
import TodoStore

/// `steward user export`
struct UserExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Export all data of a user as JSON, with a copy of their SQLite file.",
        discussion: """
            Both files contain the same state. The folder must not exist yet; only its owner can read it. The files get
            their names when both are complete and on disk.

            Example: steward user export acme alice --to ./alice
            """)

    @OptionGroup var arguments: AccountArguments

    @Option(help: ArgumentHelp("The folder to create, for user.json and user.sqlite.", valueName: "dir"))
    var to: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        guard mkdir(to, 0o700) == 0 else {
            throw CommandError(
                "\(to) cannot be created: \(String(cString: strerror(errno)))", advice: "Choose a new folder with --to."
            )
        }
        let (database, document) = ("\(to)/user.sqlite", "\(to)/user.json")
        // An incomplete export looks like a complete one.
        let removal = Interruption.removing(to)
        do {
            try await reportingStoreErrors {
                let (database, document) = (database + Self.unfinished, document + Self.unfinished)
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
            try finish([document, database])
            removal.cancel()
        } catch {
            try? FileManager.default.removeItem(atPath: to)
            throw error
        }
        try shared.show(
            ["json": .string(document), "sqlite": .string(database)],
            people: "All data of \(arguments.user) of \(arguments.tenant) is in \(document) and \(database).\n")
    }
    /// Syncs the files, because the operator may delete the user next.
    private func finish(_ files: [String]) throws {
        for file in files {
            try Self.sync(file + Self.unfinished)
            guard rename(file + Self.unfinished, file) == 0 else {
                throw CommandError("\(file) cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        try Self.sync(to)
        try Self.sync(URL(filePath: to).deletingLastPathComponent().path(percentEncoded: false))
    }

    private static func sync(_ path: String) throws(CommandError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw CommandError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    private static let unfinished = ".unfinished"
}
