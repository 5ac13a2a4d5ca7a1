import JSON

/// The kind of change that a call asks for, and the tasks that it names.
struct CallEffect: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case add, complete, reopen, delete, update, undo
    }

    let kind: Kind
    /// Nil where the call names no tasks, such as "all completed ones".
    let ids: Set<Int>?
    /// The title of a task to add.
    let title: String?

    /// - Returns: Nil for a call that changes nothing.
    init?(_ name: String, _ arguments: JSONObject) {
        switch name {
        case "add_task": kind = .add
        case "complete_task": kind = arguments["completed"]?.bool == false ? .reopen : .complete
        case "delete_task": kind = .delete
        case "update_task": kind = .update
        case "undo": kind = .undo
        case "bulk_update_tasks":
            switch arguments["action"]?.string {
            case "complete": kind = .complete
            case "reopen": kind = .reopen
            case "delete": kind = .delete
            default: kind = .update
            }
        default: return nil
        }
        title = kind == .add ? arguments["title"]?.string : nil
        if let id = arguments["task_id"]?.integer {
            ids = [id]
        } else {
            ids = arguments["task_ids"]?.array.map { Set($0.compactMap(\.integer)) }
        }
    }

    /// Returns whether a call does a part of what this effect asks for, and nothing else.
    func includes(_ other: CallEffect) -> Bool {
        guard kind == other.kind else { return false }
        if let title, let otherTitle = other.title { return Self.shareWords(title, otherTitle) }
        guard let ids, let otherIDs = other.ids else { return true }
        return otherIDs.isSubset(of: ids)
    }

    private static func shareWords(_ first: String, _ second: String) -> Bool {
        let words = Set(MessageWords.of(first).map { $0.prefix(4) })
        return words.isEmpty || MessageWords.of(second).contains { words.contains($0.prefix(4)) }
    }
}
