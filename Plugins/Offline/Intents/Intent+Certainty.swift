import JSON

extension Intent {
    /// Returns whether the clause is unambiguous, and not for example the end of a title: "add flour and mark 3 done"
    /// is two requests, "buy flour and mark the box" one title.
    func isCertain(in clause: Tokens) -> Bool {
        let clause = clause.trimmed
        let opener = clause.first?.key ?? ""
        let saysTask = clause.contains { $0.isWord(FilterWords.tasks) }
        switch self {
        case .add, .addNothing:
            return ["add", "remind", "remember", "i", "do", "new"].contains(opener)
                || saysTask && ["create", "make", "set", "put", "record"].contains(opener)
        case .list(let filter, let question):
            return !filter.isEmpty || question != .show
        case .complete(let reference, _):
            return reference.isExplicit || saysTask || opener == "mark" || opener == "tick" || opener == "check"
        case .delete(let reference), .update(let reference, _), .show(let reference):
            return reference.isExplicit || saysTask || opener == "rename"
        case .undo, .undoLast, .redo: return true
        case .restore(let reference): return reference.isExplicit || saysTask || opener == "restore"
        case .say(let talk): return talk == .thanks
        case .search, .yes, .no, .unclear, .errand: return false
        }
    }

    /// Whether the rest of a sentence can belong to its title.
    var endsInFreeText: Bool {
        switch self {
        case .add, .search: true
        case .update(_, let changes): changes.arguments["title"] != nil || changes.arguments["description"] != nil
        case .addNothing, .list, .show, .complete, .delete, .undo, .undoLast, .redo, .restore, .yes, .no, .say,
            .unclear, .errand:
            false
        }
    }

    /// Whether carrying it out changes tasks.
    var changesTasks: Bool {
        switch self {
        case .add, .complete, .delete, .update, .undo, .undoLast, .redo, .restore: true
        case .addNothing, .list, .search, .show, .yes, .no, .say, .unclear, .errand: false
        }
    }
}
