import Postgres
import Time
import TodoStore

/// Other owners are nodes whose lease is over, by the clock of the database.
extension PostgresRows {
    func hasOrphans() throws -> Bool { try ask(.hasOrphans, owner).first?.bool(0) ?? false }

    func orphanedTurns() throws -> [Turn.Orphan] {
        try ask(.orphans, owner).rows.map { row in
            Turn.Orphan(id: try row.int(0), conversationID: try row.int(1), crashes: try row.int(2))
        }
    }

    func endOrphan(_ turn: Turn.Orphan, _ status: Turn.Status, errorCode: String?, at now: Timestamp) throws {
        var arguments = arguments
        arguments.append(turn.id)
        arguments.append(now.milliseconds)
        arguments.append(status.rawValue)
        arguments.append(errorCode)
        try change(.endOrphan, arguments)
        try deleteRunning(turn.id)
    }

    func endOrphanedKeys() throws { try change(.endOrphanedKeys, owner) }

    private var owner: Arguments {
        var arguments = arguments
        arguments.append(context.node)
        return arguments
    }
}
