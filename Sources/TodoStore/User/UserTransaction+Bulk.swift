package import Foundation

extension UserTransaction {
    /// Changes several tasks, all or none.
    /// - Returns: The tasks that the action was for, as they are or last were.
    package func bulk(
        _ change: BulkChange, _ ids: [Int], origin: ChangeOrigin, timeZone: TimeZone
    ) throws -> [Todo] {
        try ids.map { id in
            switch change {
            case .complete: try setCompleted(id, true, origin: origin, timeZone: timeZone)
            case .reopen: try setCompleted(id, false, origin: origin, timeZone: timeZone)
            case .delete: try deleteTodo(id, origin: origin)
            case .setPriority(let priority):
                try updateTodo(id, TodoPatch(priority: priority), origin: origin)
            }
        }
    }
}
