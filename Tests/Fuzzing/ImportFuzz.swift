import Foundation
import Identity
import SQLiteStore
import TodoStore

/// Invariants of the import of a database: any file is refused, or becomes a valid database.
///
/// An input edits a valid database: four bytes are an offset, one is the number of the following bytes written there.
package enum ImportFuzz {
    /// - Parameters:
    ///   - seed: A valid database.
    ///   - folder: A folder for temporary files.
    /// - Returns: The violations found.
    package static func check(_ input: [UInt8], seed: [UInt8], folder: String) -> [String] {
        let path = folder + "/import"
        let made = path + "-new"
        defer { for file in [path, made, made + "-journal", path + "-journal", path + "-wal"] { unlink(file) } }
        guard FileManager.default.createFile(atPath: path, contents: Data(edited(seed, by: input))) else {
            return ["no file could be made"]
        }
        do {
            let account = try DatabaseCopy.rebuild(path, to: made)
            return try checkRebuilt(made, of: account)
        } catch {
            // An error with a message is a refusal; a crash is not.
            guard error is StoreError || error is UserImport.Refusal else { return ["refused with \(type(of: error))"] }
            return []
        }
    }

    /// Checks that an accepted file is accepted again, unchanged.
    private static func checkRebuilt(_ path: String, of account: Account) throws -> [String] {
        let again = path + "-again"
        defer { unlink(again) }
        do {
            guard try DatabaseCopy.rebuild(path, to: again) == account else { return ["another owner"] }
        } catch {
            return ["what was let in is refused: \(error)"]
        }
        let copy = try DatabaseCopy(path: again)
        defer { copy.close() }
        return try copy.read { reader in
            let todos = try reader.todos(TodoQuery(limit: 100)).items
            _ = try reader.changes(limit: 100)
            _ = try reader.conversations(limit: 100)
            return todos.filter { $0.id < 1 || $0.version < 1 || $0.version > 1 << 53 }.map { "task \($0.id)" }
        }
    }

    private static func edited(_ seed: [UInt8], by input: [UInt8]) -> [UInt8] {
        var bytes = seed
        var rest = input[...]
        while rest.count > 5, !bytes.isEmpty {
            let place = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) } % bytes.count
            let count = min(Int(rest.dropFirst(4).first ?? 0), rest.count - 5, bytes.count - place)
            bytes.replaceSubrange(place..<place + count, with: rest.dropFirst(5).prefix(count))
            rest = rest.dropFirst(5 + count)
        }
        return bytes
    }

    /// Returns a database with one of everything, from the tests of the schema.
    package static func seed() throws -> [UInt8] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(components: "SQLiteStoreTests", "Fixtures", "user-1.sqlite")
        return try Array(Data(contentsOf: file))
    }
}
