import Assistant
import HTTPTypes
import Hummingbird
import Identity
import JSON
import NIOCore
import Tenants
import Text
import TodoStore
import Tokens

/// The routes for a user's tasks, which work without any provider.
struct TaskRoutes: Sendable {
    let databases: any UserStore

    var routes: [Route] {
        [
            Route(.get, "/tasks", .tasksRead, .listTasks, list),
            Route(.post, "/tasks", .tasksWrite, .createTask, create),
            Route(.get, "/tasks/{id}", .tasksRead, .getTask, get),
            Route(.put, "/tasks/{id}", .tasksWrite, .replaceTask, replace),
            Route(.patch, "/tasks/{id}", .tasksWrite, .updateTask, update),
            Route(.delete, "/tasks/{id}", .tasksWrite, .deleteTask, delete),
            Route(.patch, "/tasks/{id}/complete", .tasksWrite, .completeTask, complete),
        ]
    }

    private func list(_ request: Request, _ context: UserContext) async throws -> Response {
        let query = try TodoQuery(request.uri.query)
        let page = try await databases.read(context.account, orEmpty: APIResponse.emptyPage) { reader in
            var writer = JSONWriter(capacity: 16 * 1024)
            try reader.writeTodos(query, to: &writer)
            return writer.buffer
        }
        return APIResponse.json(page)
    }

    private func create(_ request: Request, _ context: UserContext) async throws -> Response {
        let (body, object) = try await request.bodyAndObject()
        let claim = try request.idempotencyClaim(body: body)
        var fields = FieldReader(object)
        let draft = TodoDraft(fields: &fields)
        try fields.finish()
        let stored = try await databases.write(context.account, limits: context.tenant.storeLimits) { transaction in
            try transaction.once(claim, status: .created) {
                try transaction.addTodo(draft, origin: .user).json
            }
        }
        return created(stored, context)
    }

    private func created(_ stored: StoredAnswer, _ context: UserContext) -> Response {
        var response = stored.response
        if let id = stored.body["id"]?.integer, let version = stored.body["version"]?.integer {
            response.headers[.location] = "/api/\(PercentEncoding.segment(context.account.user.rawValue))/tasks/\(id)"
            response.headers[.eTag] = EntityTag(version: version).text
        }
        return response
    }

    private func get(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "task")
        let todo = try await databases.read(context.account, orEmpty: nil) { try $0.todo(id) }
        guard let todo else { throw StoreError.notFound(.task) }
        return APIResponse.task(todo)
    }

    private func replace(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "task")
        let versions = request.expectedVersions
        var fields = FieldReader(try await request.jsonObject())
        let draft = TodoDraft(fields: &fields)
        let completed = fields.bool("completed")
        try fields.finish()
        return APIResponse.task(
            try await context.change(.task, in: databases) { transaction in
                let todo = try transaction.replaceTodo(id, draft, origin: .user, ifVersion: versions)
                return try transaction.setCompleted(
                    todo.id, completed ?? false, origin: .user, timeZone: context.tenant.assistant.timeZone)
            })
    }

    private func update(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "task")
        let versions = request.expectedVersions
        var fields = FieldReader(try await request.bodyAndObject(as: .mergePatch).object)
        let patch = TodoPatch(fields: &fields)
        let clearsCompleted = fields.contains("completed")
        let completed = fields.bool("completed") ?? (clearsCompleted ? false : nil)
        try fields.finish()
        return APIResponse.task(
            try await context.change(.task, in: databases) { transaction in
                let todo = try transaction.updateTodo(id, patch, origin: .user, ifVersion: versions)
                guard let completed else { return todo }
                return try transaction.setCompleted(
                    todo.id, completed, origin: .user, timeZone: context.tenant.assistant.timeZone)
            })
    }

    private func delete(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "task")
        let versions = request.expectedVersions
        _ = try await context.change(.task, in: databases) { try $0.deleteTodo(id, origin: .user, ifVersion: versions) }
        return APIResponse.noContent
    }

    private func complete(_ request: Request, _ context: UserContext) async throws -> Response {
        let id = try context.id(of: "task")
        let versions = request.expectedVersions
        var fields = FieldReader(try await request.bodyAndObject(allowsEmpty: true).object)
        let completed = fields.bool("completed") ?? true
        try fields.finish()
        return APIResponse.task(
            try await context.change(.task, in: databases) {
                try $0.setCompleted(
                    id, completed, origin: .user, timeZone: context.tenant.assistant.timeZone, ifVersion: versions)
            })
    }
}
