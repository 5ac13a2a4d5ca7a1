import Postgres
import Time
import TodoStore

/// Idempotency keys and confirmations.
extension PostgresRows {
    func key(_ key: String, claimedAfter end: Timestamp) throws -> IdempotencyRecord? {
        var arguments = arguments
        arguments.append(key)
        arguments.append(context.node)
        guard let row = try ask(.key, arguments).first else {
            known.keys[key] = .some(nil)
            return nil
        }
        let createdAt = try row.time(5)
        known.keys[key] = KnownRows.Key(createdAt: createdAt.milliseconds, size: try row.int(6))
        guard createdAt > end else { return nil }
        guard let state = IdempotencyRecord.State(rawValue: try row.text(0)) else { throw StoreError.corrupt }
        if state == .running, try row.bool(7) { try checkOwner() }
        return IdempotencyRecord(
            state: state, requestHash: try row.bytes(1), turnID: try row.intIfAny(2), status: try row.intIfAny(3),
            body: try row.textIfAny(4), createdAt: createdAt)
    }

    func insertKey(_ key: String, requestHash: [UInt8], turn: Int?, at now: Timestamp) throws -> Bool {
        if case .some(.some) = known.keys[key] { return false }
        let size = RowSize.key(key, body: nil)
        var arguments = arguments
        arguments.append(key)
        arguments.append(requestHash)
        arguments.append(context.node)
        arguments.append(turn)
        arguments.append(now.milliseconds)
        arguments.append(size)
        if case .some(.none) = known.keys[key] {
            try change(.insertKey, arguments)
        } else if try changeNow(.insertKey, arguments).changedRows != 1 {
            return false
        }
        known.keys[key] = KnownRows.Key(createdAt: now.milliseconds, size: size)
        addedBytes += size
        return true
    }

    func setKey(_ key: String, _ state: IdempotencyRecord.State, status: Int?, body: String?) throws {
        let size = RowSize.key(key, body: body)
        var arguments = arguments
        arguments.append(key)
        arguments.append(state.rawValue)
        arguments.append(context.node)
        arguments.append(status)
        arguments.append(body)
        arguments.append(size)
        guard let before = known.keys[key] else {
            bytesAreStale = true
            return try change(.setKey, arguments)
        }
        guard let before else { return }
        try change(.setKnownKey, arguments)
        addedBytes += size - before.size
        known.keys[key]??.size = size
    }

    func deleteKey(_ key: String) throws {
        var arguments = arguments
        arguments.append(key)
        try change(.deleteKey, arguments)
        known.keys[key] = .some(nil)
        bytesAreStale = true
    }

    func deleteKeys(claimedUntil end: Timestamp) throws {
        var arguments = arguments
        arguments.append(end.milliseconds)
        try change(.deleteKeys, arguments)
        for (key, row) in known.keys {
            if let row, row.createdAt <= end.milliseconds { known.keys[key] = .some(nil) }
        }
        bytesAreStale = true
    }

    func confirmations(turn: Int) throws -> [String] {
        if let (known, texts) = known.confirmations, known == turn { return texts }
        var arguments = arguments
        arguments.append(turn)
        return try ask(.confirmations, arguments).rows.map { try $0.text(0) }
    }

    func askedTurn(before turn: Int, conversation: Int) throws -> Int? {
        var arguments = arguments
        arguments.append(conversation)
        arguments.append(turn)
        // For what that turn wanted, which is asked for next.
        let results = try ask(
            (.askedTurn, arguments), (.confirmationsBefore, arguments), (.changeMarksBefore, arguments))
        guard let asked = try results[0].first?.int(0) else { return nil }
        known.confirmations = (asked, try results[1].rows.map { try $0.text(0) })
        known.changeMarks = (asked, try results[2].rows.map(Self.mark))
        return asked
    }

    func insertConfirmation(turn: Int, _ text: String) throws -> Int {
        try load()
        let id = account.lastConfirmation + 1
        let size = RowSize.confirmation(text)
        var arguments = arguments
        arguments.append(id)
        arguments.append(turn)
        arguments.append(text)
        arguments.append(size)
        try change(.insertConfirmation, arguments)
        account.lastConfirmation = id
        addedBytes += size
        return id
    }

    func setAsked(turn: Int) throws {
        var arguments = arguments
        arguments.append(turn)
        try change(.setAsked, arguments)
    }
}
