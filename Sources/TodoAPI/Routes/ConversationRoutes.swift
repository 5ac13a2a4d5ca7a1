import Assistant
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import TodoStore
import Tokens

/// The routes for conversations and their messages.
struct ConversationRoutes: Sendable {
    let databases: any UserStore

    var routes: [Route] {
        [
            Route(.get, "/conversations", .chat, .listConversations, list),
            Route(.patch, "/conversations/{id}", .chat, .renameConversation, rename),
            Route(.delete, "/conversations/{id}", .chat, .deleteConversation, delete),
            Route(.get, "/conversations/{id}/messages", .chat, .listMessages, messages),
        ]
    }

    private func list(_ request: Request, _ context: UserContext) async throws -> Response {
        var query = try QueryReader(request.uri.query)
        let (limit, cursor) = try query.paging()
        let search = query.text("search", .search)
        try query.finish()
        let page = try await databases.read(context.account, orEmpty: APIResponse.emptyPage) {
            try $0.conversations(search: search, limit: limit, cursor: cursor).serialized(\.json)
        }
        return APIResponse.json(page)
    }

    private func messages(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "conversation")
        var query = try QueryReader(request.uri.query)
        let (limit, cursor) = try query.paging()
        try query.finish()
        let page = try await databases.read(context.account, orEmpty: ByteBuffer?.none) { reader in
            guard try reader.conversation(id) != nil else { return nil }
            return try reader.messages(conversation: id, limit: limit, cursor: cursor).serialized(\.json)
        }
        guard let page else { throw StoreError.notFound(.conversation) }
        return APIResponse.json(page)
    }

    private func rename(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "conversation")
        var fields = FieldReader(try await request.jsonObject())
        let title = fields.requiredText("title", .title)
        try fields.finish()
        let conversation = try await context.change(.conversation, in: databases) {
            try $0.renameConversation(id, title: title ?? "")
        }
        return APIResponse.json(conversation.json)
    }

    private func delete(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "conversation")
        try await context.change(.conversation, in: databases) { try $0.deleteConversation(id) }
        return APIResponse.noContent
    }
}
