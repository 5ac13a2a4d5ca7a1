import Identity
import JSON
import NIOCore

@testable import TodoStore

extension OperationGenerator {
    /// All that a user has, for a look at what an answer does not show.
    static let everything: [Operation] = ["alice", "bob", "carol"].map { name in
        let account = PostgresFixture.account("acme", name)
        return Operation(name: "everything of \(name)") { store in
            try await store.read(account, orEmpty: "empty") { reader in
                var text = ""
                var writer = JSONWriter()
                try reader.writeTodos(TodoQuery(limit: 100), to: &writer)
                text += String(buffer: writer.buffer)
                text += try reader.changes(limit: 100).items.map { $0.json.text }.joined()
                for conversation in try reader.conversations(limit: 100).items {
                    text += "\(conversation) \(try reader.messages(conversation: conversation.id, limit: 100))"
                    text += "\(try reader.history(conversation: conversation.id, turns: 100))"
                }
                for key in 1...12 { text += String(describing: try reader.idempotency("key \(key)")) }
                return text
            }
        }
    }
}
