import JSON
package import Time

extension Change {
    /// An entry of the journal as it is stored: its tasks are the JSON text that `Todo.text` writes.
    package struct Row: Sendable, Hashable {
        package let id: Int
        package let at: Timestamp
        package let origin: Change.Origin
        package let kind: Change.Kind
        package let taskID: Int
        package let before: String?
        package let after: String?
        package let leader: Int?
        package let undoes: Int?
        package let isUndo: Bool
        package let undoneBy: Int?

        package init(
            id: Int, at: Timestamp, origin: Change.Origin, kind: Change.Kind, taskID: Int, before: String?,
            after: String?,
            leader: Int?, undoes: Int?, isUndo: Bool, undoneBy: Int?
        ) {
            self.id = id
            self.at = at
            self.origin = origin
            self.kind = kind
            self.taskID = taskID
            self.before = before
            self.after = after
            self.leader = leader
            self.undoes = undoes
            self.isUndo = isUndo
            self.undoneBy = undoneBy
        }

        /// Bytes of its tasks.
        var taskBytes: Int { (before?.utf8.count ?? 0) + (after?.utf8.count ?? 0) }
    }
}

extension Change {
    /// - Throws: `StoreError.corrupt` for tasks that are no JSON.
    init(_ row: Change.Row) throws(StoreError) {
        func json(_ text: String?) throws(StoreError) -> JSONValue? {
            guard let text else { return nil }
            return try StoredJSON.parse(text)
        }
        try self.init(
            id: row.id, at: row.at, origin: row.origin, kind: row.kind, taskID: row.taskID, before: json(row.before),
            after: json(row.after), leader: row.leader, undoes: row.undoes, isUndo: row.isUndo, undoneBy: row.undoneBy)
    }
}
