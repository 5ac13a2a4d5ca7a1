import Postgres
import Time
import TodoStore

extension PostgresRows {
    func changes(before id: Int, limit: Int) throws -> [Change.Row] {
        var arguments = arguments
        arguments.append(id)
        arguments.append(limit)
        return try ask(.changesBefore, arguments).rows.map(Self.change)
    }

    func change(_ id: Int) throws -> Change.Row? { try changes(.change, id).first }

    func changes(turn: Int) throws -> [Change.Row] { try changes(.changesOfTurn, turn) }

    func changes(group leader: Int) throws -> [Change.Row] { try changes(.changesOfGroup, leader) }

    func lastOpenChange() throws -> Change.Row? { try ask(.lastOpenChange, arguments).first.map(Self.change) }

    private func changes(_ statement: Statement, _ id: Int) throws -> [Change.Row] {
        var arguments = arguments
        arguments.append(id)
        return try ask(statement, arguments).rows.map(Self.change)
    }

    private static func change(_ row: ResultRow) throws -> Change.Row {
        guard let actor = Change.Actor(rawValue: try row.text(2)), let kind = Change.Kind(rawValue: try row.text(5))
        else { throw StoreError.corrupt }
        return Change.Row(
            id: try row.int(0), at: try row.time(1),
            origin: Change.Origin(
                actor: actor, turnID: try row.intIfAny(3), conversationID: try row.intIfAny(4)),
            kind: kind, taskID: try row.int(6), before: try row.textIfAny(7), after: try row.textIfAny(8),
            leader: try row.intIfAny(9), undoes: try row.intIfAny(10), isUndo: try row.bool(11),
            undoneBy: try row.intIfAny(12))
    }

    func changeMarks(turn: Int) throws -> [Change.Mark] {
        if let (known, marks) = known.changeMarks, known == turn { return marks }
        var arguments = arguments
        arguments.append(turn)
        return try ask(.changeMarks, arguments).rows.map(Self.mark)
    }

    static func mark(_ row: ResultRow) throws -> Change.Mark {
        guard let kind = Change.Kind(rawValue: try row.text(1)) else { throw StoreError.corrupt }
        return Change.Mark(
            id: try row.int(0), change: Change.Effect(kind: kind, taskID: try row.int(2)),
            isFollowUp: try row.bool(3))
    }

    func insert(_ change: Change.Row) throws -> Int {
        try load()
        let id = account.lastChange + 1
        let size = RowSize.change(change)
        var arguments = arguments
        arguments.append(id)
        arguments.append(change.at.milliseconds)
        arguments.append(change.origin.actor.rawValue)
        arguments.append(change.origin.turnID)
        arguments.append(change.origin.conversationID)
        arguments.append(change.kind.rawValue)
        arguments.append(change.taskID)
        arguments.append(change.before)
        arguments.append(change.after)
        arguments.append(change.leader)
        arguments.append(change.undoes)
        arguments.append(change.isUndo)
        arguments.append(size)
        try self.change(.insertChange, arguments)
        account.lastChange = id
        if account.oldestChange == nil, !oldestChangeIsStale { account.oldestChange = (id, change.at) }
        addedBytes += size
        return id
    }

    func setUndone(_ change: Int, by undo: Int) throws {
        var arguments = arguments
        arguments.append(change)
        arguments.append(undo)
        try self.change(.setUndone, arguments)
    }

    func oldestChange() throws -> (id: Int, at: Timestamp)? {
        try load()
        if oldestChangeIsStale {
            account.oldestChange = try ask(.oldestChange, arguments).first.map { (try $0.int(0), try $0.time(1)) }
            oldestChangeIsStale = false
        }
        return account.oldestChange
    }

    func firstChange(from start: Timestamp) throws -> Int? {
        var arguments = arguments
        arguments.append(start.milliseconds)
        return try ask(.firstChange, arguments).first?.int(0)
    }

    func deleteChanges(below id: Int) throws {
        var arguments = arguments
        arguments.append(id)
        try change(.deleteChangesBelow, arguments)
        oldestChangeIsStale = true
        bytesAreStale = true
    }

    func deleteChanges(before end: Timestamp) throws -> Bool {
        var arguments = arguments
        arguments.append(end.milliseconds)
        guard let row = try changeNow(.deleteChangesBefore, arguments).first else { return false }
        addedBytes -= try row.int(1)
        oldestChangeIsStale = true
        return try row.int(0) > 0
    }
}
