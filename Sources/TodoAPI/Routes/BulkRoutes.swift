import Assistant
import HTTPTypes
import Hummingbird
import JSON
import Tenants
import TodoStore
import Tokens

/// The routes for many tasks at once: bulk changes and statistics.
struct BulkRoutes: Sendable {
    let databases: any UserStore

    var routes: [Route] {
        [
            Route(.post, "/tasks/bulk", .tasksWrite, .bulk, weight: .bulk, bulk),
            Route(.get, "/tasks/statistics", .tasksRead, .statistics, statistics),
        ]
    }

    private func bulk(_ request: Request, _ context: UserContext) async throws -> Response {
        let (body, object) = try await request.bodyAndObject()
        let claim = try request.idempotencyClaim(body: body)
        var fields = FieldReader(object)
        let change = BulkChange(fields: &fields)
        let ids = fields.taskIDs("ids")
        if !fields.contains("ids") || object["ids"] == .null { fields.fail("ids", "is required") }
        try fields.finish()
        let timeZone = context.tenant.assistant.timeZone
        return try await context.change(.task, in: databases) { transaction in
            try transaction.once(claim, status: .ok) {
                let todos = try transaction.bulk(change, ids ?? [], origin: .user, timeZone: timeZone)
                return [
                    "count": .integer(todos.count), "task_ids": .array(todos.map { .integer($0.id) }),
                    "action": .string(change.action.rawValue),
                ]
            }
        }.response
    }

    private func statistics(_ request: Request, _ context: UserContext) async throws -> Response {
        var query = try QueryReader(request.uri.query)
        try query.finish()
        let timeZone = context.tenant.assistant.timeZone
        let statistics = try await databases.read(context.account, orEmpty: .none) {
            try $0.statistics(timeZone: timeZone)
        }
        return APIResponse.json(statistics.json)
    }
}

extension TodoStatistics {
    fileprivate var json: JSONValue {
        [
            "total": .integer(total), "pending": .integer(pending), "completed": .integer(completed),
            "overdue": .integer(overdue), "completed_this_week": .integer(completedThisWeek),
            "streak_days": .integer(streakDays),
            "by_priority": ["low": .integer(low), "medium": .integer(medium), "high": .integer(high)],
        ]
    }
}
