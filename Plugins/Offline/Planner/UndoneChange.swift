import JSON

/// A change that a result of `undo` lists.
struct UndoneChange {
    let taskID: Int
    let kind: String
    let title: String?
    /// The change that undid it.
    let undoneBy: Int?

    static func all(in result: JSONValue) -> [UndoneChange] {
        (result["undone"]?.array ?? []).compactMap { change in
            guard let id = change["task_id"]?.integer else { return nil }
            let title = [change["before"], change["after"]].compactMap { $0?["title"]?.string }.first
            return UndoneChange(
                taskID: id, kind: change["kind"]?.string ?? "", title: title, undoneBy: change["undone_by"]?.integer)
        }
    }

    /// Whether it is the next occurrence of a task of `changes`, which the completion created.
    func isFollowUp(in changes: [UndoneChange]) -> Bool {
        kind == "created" && changes.contains { $0.kind == "completed" && $0.title == title }
    }
}
