import Foundation
import Identity
import JSON
import NIOCore
package import SQLiteStore
import TodoAPI
import TodoStore

/// All data of a user as one JSON document, written in parts.
package struct UserDocument: ~Copyable {
    private let file: FileHandle
    private var writer = JSONWriter()

    package init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw CommandError("\(path) cannot be written: \(String(cString: strerror(errno)))") }
        self.file = file
    }

    /// Writes `{tenant, user, tasks, conversations: [{…, messages}], changes}`, each list oldest first except the
    /// journal.
    package mutating func write(_ copy: DatabaseCopy) throws {
        writer.beginObject()
        writer.name("tenant")
        writer.write(copy.account.tenant.rawValue)
        writer.name("user")
        writer.write(copy.account.user.rawValue)
        try copy.read { reader in
            writer.name("tasks")
            try list {
                try reader.todos(TodoQuery(sort: .id, limit: Self.page, cursor: $0))
            } _: {
                $0.write($1.json)
            }
            writer.name("conversations")
            try list {
                try reader.conversations(limit: Self.page, cursor: $0)
            } _: { document, conversation in
                try document.write(conversation, reader)
            }
            writer.name("changes")
            try list {
                try reader.changes(limit: Self.page, cursor: $0)
            } _: {
                $0.write($1.json)
            }
        }
        writer.endObject()
        try flush()
        try file.write(contentsOf: Data("\n".utf8))
        try file.synchronize()
        try file.close()
    }

    private mutating func write(_ value: JSONValue) { writer.write(value) }

    private mutating func write(_ conversation: Conversation, _ reader: UserReader) throws {
        writer.beginObject()
        for member in conversation.json.object?.members ?? [] {
            writer.name(escaping: member.name)
            writer.write(member.value)
        }
        writer.name("messages")
        try list {
            try reader.messages(conversation: conversation.id, limit: Self.page, cursor: $0)
        } _: { document, message in
            document.write(Self.json(message))
        }
        writer.endObject()
    }

    /// Writes all pages of a list, one element at a time.
    private mutating func list<Item>(
        _ page: (PageCursor?) throws -> Page<Item>, _ write: (inout UserDocument, Item) throws -> Void
    ) throws {
        writer.beginArray()
        var cursor: PageCursor?
        repeat {
            let page = try page(cursor)
            for item in page.items {
                try write(&self, item)
                if writer.byteCount > Self.chunk { try flush() }
            }
            cursor = page.nextCursor.flatMap { PageCursor($0) }
        } while cursor != nil
        writer.endArray()
    }

    private mutating func flush() throws {
        try file.write(contentsOf: Data(writer.takeBytes()))
    }

    /// Returns a message as clients see it, with its usage.
    private static func json(_ message: StoredMessage) -> JSONValue {
        var members = message.json.object ?? JSONObject()
        members["provider"] = message.provider.map { .string($0) }
        members["model"] = message.model.map { .string($0) }
        if let usage = message.usage {
            members["input_tokens"] = .integer(usage.inputTokens)
            members["output_tokens"] = .integer(usage.outputTokens)
        }
        return .object(members)
    }

    private static let page = 200
    private static let chunk = 256 << 10
}
