import Foundation
import Testing

/// The shape of the sources themselves: which files may import SQLite, and which a new member of a task touches.
@Suite struct StructureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    /// The Swift files below `Sources` by their paths, without comments.
    private static func sources() throws -> [String: String] {
        var sources: [String: String] = [:]
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        for path in paths where path.hasSuffix(".swift") {
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            sources[path] = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
                .joined(separator: "\n")
        }
        return sources
    }

    @Test("Only Postgres imports libpq, and only its store and the configuration know of it below the program")
    func databaseImporters() throws {
        let sources = try Self.sources()
        func folders(_ importing: Regex<Substring>) -> Set<Substring> {
            Set(sources.filter { $0.value.contains(importing) }.keys.compactMap { $0.split(separator: "/").first })
        }
        #expect(folders(/import CPostgres\b/) == ["Postgres"])
        #expect(folders(/import Postgres\b/) == ["PostgresStore", "Tenants"])
    }

    @Test("Only SQLiteStore imports GRDB and SQLite")
    func importers() throws {
        let importers = try Self.sources().filter { $0.value.contains(/import (?:GRDB|CSQLite)\b/) }
        #expect(!importers.isEmpty)
        #expect(Set(importers.keys.compactMap { $0.split(separator: "/").first }) == ["SQLiteStore"])
    }

    /// A new member of a task goes into these files, three of them for each backend that has columns of its own.
    private static let members: Set = [
        "PostgresStore/Migrations/PostgresSchema+Version1.swift", "PostgresStore/Rows/TodoColumns.swift",
        "PostgresStore/Statements/Statement+Todos.swift",
        "SQLiteStore/Files/Schema.swift", "SQLiteStore/Rows/TodoRow.swift", "TodoAPI/OpenAPI/Schemas.swift",
        "TodoStore/Validation/TodoDraft.swift", "TodoStore/Validation/TodoPatch.swift",
        "TodoStore/Values/Todo+JSON.swift", "TodoStore/Values/Todo.swift", "TodoTools/JSONSchema+Arguments.swift",
    ]

    /// A new member may go into the files of formats that have a place for it.
    private static let exports: Set = ["TodoAPI/ImportExport/TodoCSV.swift"]

    @Test("A new member of a task touches eleven files at most")
    func taskMembers() throws {
        let names = [
            /\btitle\b/, /\bdescription\b/, /\bpriority\b/, /\btags\b/, /\b(?:dueAt|due_at)\b/, /\brecurrence\b/,
        ]
        let files = try Self.sources().filter { source in names.allSatisfy { source.value.contains($0) } }
        #expect(Set(files.keys) == Self.members.union(Self.exports))
        #expect(Self.members.count <= 11)
    }
}
