package import Foundation

extension UserTransaction {
    /// Changes several tasks, all or none.
    /// - Returns: The tasks that the action was for, as they are or last were.
    package func bulk(
        _ change: BulkChange, _ ids: [Int], origin: Change.Origin, timeZone: TimeZone
    ) throws -> [Todo] {
        var todos = try todosByID(ids)
        return try ids.map { id in
            guard let todo = todos[id] else { throw StoreError.notFound(.task) }
            let changed =
                switch change {
                case .complete: try setCompleted(todo, true, origin, timeZone)
                case .reopen: try setCompleted(todo, false, origin, timeZone)
                case .delete: try delete(todo, origin)
                case .setPriority(let priority): try update(todo, TodoPatch(priority: priority), origin)
                }
            todos[id] = change == .delete ? nil : changed
            return changed
        }
    }
}
