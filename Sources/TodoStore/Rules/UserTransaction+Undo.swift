import Time

extension UserTransaction {
    /// Undoes changes, all or none, each by a change of its own that can be undone in turn.
    /// - Returns: The changes that were undone, newest first.
    /// - Throws: `StoreError`: `notFound(.change)`, `alreadyUndone`, `changedSince`.
    package func undo(_ target: UndoTarget, origin: Change.Origin) throws -> [Change] {
        var undone: [Change] = []
        var differences: [Change.Difference] = []
        var blocked: Set<Int> = []
        let changes = try changes(of: target)
        var todos = try todosByID(Array(Set(changes.map(\.taskID))))
        for var change in changes where !blocked.contains(change.taskID) {
            let current = todos[change.taskID]
            let found = Change.Difference.between(change, current)
            guard found.isEmpty else {
                // Earlier changes of this task are not checked; those of the other tasks are reported too.
                differences += found
                blocked.insert(change.taskID)
                continue
            }
            change.undoneBy = try takeBack(change, &todos[change.taskID], origin)
            undone.append(change)
        }
        guard differences.isEmpty else { throw StoreError.changedSince(differences) }
        return undone
    }

    /// The changes to undo, newest first; never empty.
    private func changes(of target: UndoTarget) throws -> [Change] {
        switch target {
        case .change(let id):
            guard let change = try change(id) else { throw StoreError.notFound(.change) }
            return try group(of: standing(change))
        case .turn(let id):
            let all = try changes(turn: id)
            let ids = Set(all.map(\.id))
            // A change that the turn itself undid is already undone.
            let open = all.filter { $0.undoneBy == nil && !($0.undoes.map(ids.contains) ?? false) }
            guard open.isEmpty else { return open.reversed() }
            guard let taken = all.last(where: { $0.undoneBy != nil }) else { throw StoreError.notFound(.change) }
            return try group(of: standing(taken))
        case .last:
            return try group(of: last())
        case .lastTurn(let excluded):
            let last = try last()
            guard let turn = last.turnID, turn != excluded else { return try group(of: last) }
            return try changes(of: .turn(turn))
        }
    }

    private func last() throws -> Change {
        guard let last = try rows.lastOpenChange() else { throw StoreError.notFound(.change) }
        return try Change(last)
    }

    /// The change itself, or the one that did it again after it was taken back.
    private func standing(_ change: Change) throws -> Change {
        var change = change
        while let undo = change.undoneBy {
            guard let redo = try self.change(undo)?.undoneBy, let again = try self.change(redo) else {
                throw StoreError.alreadyUndone(by: undo)
            }
            // A redo is newer than its change; a cycle in a damaged file would have no end.
            guard again.id > change.id else { throw StoreError.corrupt }
            change = again
        }
        return change
    }

    private func group(of change: Change) throws -> [Change] {
        let group = try rows.changes(group: change.group).map(Change.init)
        // Without its leader the group is half forgotten.
        guard group.last?.id == change.group else { throw StoreError.notFound(.change) }
        return group.filter { $0.undoneBy == nil }
    }

    /// The id of the change that takes `change` back; `todo` is its task before and after.
    private func takeBack(_ change: Change, _ todo: inout Todo?, _ origin: Change.Origin) throws -> Int {
        let kind: Change.Kind
        let current = todo
        var restored = try change.before.map { try Todo(stored: $0) }
        guard restored.map({ $0.id == change.taskID }) ?? true else { throw StoreError.corrupt }
        switch (restored, current) {
        case (var before?, nil):
            kind = .created
            // Above all versions that anyone has seen.
            before.version = try before.nextVersion
            before.updatedAt = now
            restored = try insert(before, id: before.id)
        case (var before?, let current?):
            kind = before.completed == current.completed ? .updated : before.completed ? .completed : .reopened
            before.version = try current.nextVersion
            before.updatedAt = now
            try rows.update(before, from: current)
            restored = before
        case (nil, let current):
            kind = .deleted
            if let current { try rows.delete(current) }
        }
        todo = restored
        let id = try journal(kind, change.taskID, before: current, after: restored, origin, undoing: change)
        try rows.setUndone(change.id, by: id)
        return id
    }
}
