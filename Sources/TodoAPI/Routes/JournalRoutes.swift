import Assistant
import HTTPTypes
import Hummingbird
import JSON
import TodoStore
import Tokens

/// The routes for the journal and undo.
struct JournalRoutes: Sendable {
    let databases: any UserStore

    var routes: [Route] {
        [
            Route(.get, "/changes", .tasksRead, .listChanges, list),
            Route(.post, "/undo", .tasksWrite, .undo, undo),
        ]
    }

    private func list(_ request: Request, _ context: UserContext) async throws -> Response {
        var query = try QueryReader(request.uri.query)
        let (limit, cursor) = try query.paging()
        try query.finish()
        let page = try await databases.read(context.account, orEmpty: APIResponse.emptyPage) {
            try $0.changes(limit: limit, cursor: cursor).serialized(\.json)
        }
        return APIResponse.json(page)
    }

    private func undo(_ request: Request, _ context: UserContext) async throws -> Response {
        let (body, object) = try await request.bodyAndObject(allowsEmpty: true)
        let claim = try request.idempotencyClaim(body: body)
        var fields = FieldReader(object)
        let (change, turn) = (fields.id("change_id"), fields.id("turn_id"))
        if change != nil, turn != nil { fields.fail("turn_id", "must not be combined with change_id") }
        try fields.finish()
        let target = change.map(UndoTarget.change) ?? turn.map(UndoTarget.turn) ?? .last
        return try await context.change(.change, in: databases) { transaction in
            try transaction.once(claim, status: .ok) {
                ["undone": .array(try transaction.undo(target, origin: .user).map(\.json))]
            }
        }.response
    }
}
