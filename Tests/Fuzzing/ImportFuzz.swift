import Foundation
import Identity
import TodoStore

/// What must be true of the import of a database whatever the file holds: it is refused, or it is a database by our rules.
///
/// An input edits a valid database: four bytes name a place, one says how many bytes follow that are written there.
package enum ImportFuzz {
    /// - Parameters:
    ///   - seed: a valid database.
    ///   - folder: where files may be made.
    /// - Returns: what was found to be wrong, in words.
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
            // Whatever is said in words is a refusal; a crash is not.
            guard error is StoreError || error is UserImport.Refusal else { return ["refused with \(type(of: error))"] }
            return []
        }
    }

    /// What was let in must pass a second time, unchanged.
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

    /// A database with one of everything: that of the tests of the schema.
    package static func seed() throws -> [UInt8] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(components: "TodoStoreTests", "Fixtures", "user-1.sqlite")
        return try Array(Data(contentsOf: file))
    }
}
