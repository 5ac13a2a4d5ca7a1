import CPostgres

extension PostgresConnection {
    /// Queues a statement, without waiting.
    package func send(_ statement: Statement, _ arguments: Arguments = Arguments()) throws(PostgresError) {
        _ = try open()
        guard !arguments.isTooLarge, arguments.bytes.count <= Self.segmentLimit.bytes - queuedBytes,
            queue.count < Self.segmentLimit.statements
        else { throw .tooLarge("the arguments of \(statement.name) are too large") }
        // An error behind a COMMIT could not be told from one of the transaction.
        if let last = queue.last?.statement, last.effect == .commit || last.effect == .rollback {
            throw .misuse("\(statement.name) was sent behind \(last.name) without a finish between them")
        }
        queue.append(Queued(statement: statement, arguments: arguments))
        queuedBytes += arguments.bytes.count
    }

    /// Sends what is queued with a Sync, without waiting. The results are read, and dropped, by the next `finish`: for the
    /// COMMIT of a transaction that only read.
    package func finishLater() throws(PostgresError) {
        let handle = try open()
        guard !queue.isEmpty else { return }
        guard unread.count < Self.unreadLimit else { throw .misuse("too many results are not read") }
        unread.append(try sendSegment())
        // What does not go out at once, the next `finish` sends.
        guard libpq.pointee.PQflush(handle) >= 0 else { throw lost(.connectionLost(message(handle))) }
    }

    /// Gives all that is queued to libpq: first the preparations with a Sync of their own, then the statements with theirs.
    func sendSegment() throws(PostgresError) -> Segment {
        let handle = try open()
        let queue = self.queue
        self.queue.removeAll(keepingCapacity: true)
        queuedBytes = 0
        var segment = Segment()
        if !usesPooler {
            for queued in queue where try needsPreparation(queued) {
                guard prepare(queued, handle) else { throw sendingFailed(handle, segment) }
                segment.prepared.append(queued.statement.name)
            }
            if !segment.prepared.isEmpty, libpq.pointee.PQpipelineSync(handle) != 1 {
                throw sendingFailed(handle, segment)
            }
        }
        for queued in queue {
            segment.effects.append(queued.statement.effect)
            if apply(queued.statement.effect) { segment.mayCommit = true }
            // The server runs a COMMIT when it arrives, without waiting for the Sync.
            guard execute(queued, handle) else { throw sendingFailed(handle, segment) }
        }
        guard libpq.pointee.PQpipelineSync(handle) == 1 else { throw sendingFailed(handle, segment) }
        return segment
    }

    /// Follows the state of the transaction. Returns whether the effect may commit a change.
    private func apply(_ effect: Statement.Effect) -> Bool {
        switch effect {
        case .begin(let isReadOnly):
            transaction = (true, isReadOnly)
            return false
        case .commit:
            defer { transaction = (false, false) }
            return !transaction.isReadOnly
        case .rollback:
            transaction = (false, false)
            return false
        case .read: return false
        case .change: return !transaction.isOpen
        }
    }

    private func needsPreparation(_ queued: Queued) throws(PostgresError) -> Bool {
        guard let known = prepared[queued.statement.name] else { return true }
        guard known.types == queued.arguments.types else {
            throw lost(.misuse("\(queued.statement.name) has other types than before"))
        }
        let (sql, other) = (known.sql, queued.statement.sql)
        guard sql.utf8Start == other.utf8Start || sql.description == other.description else {
            throw lost(.misuse("two statements have the name \(queued.statement.name)"))
        }
        return false
    }

    private func prepare(_ queued: Queued, _ handle: OpaquePointer) -> Bool {
        let (statement, types) = (queued.statement, queued.arguments.types)
        let isSent = statement.sql.withUTF8Buffer { sql in
            // The text of a literal ends with a zero byte.
            sql.withMemoryRebound(to: CChar.self) { sql in
                libpq.pointee.PQsendPrepare(handle, statement.name, sql.baseAddress, Int32(types.count), types)
            }
        }
        guard isSent == 1 else { return false }
        prepared[statement.name] = Prepared(sql: statement.sql, types: types)
        return true
    }

    private func execute(_ queued: Queued, _ handle: OpaquePointer) -> Bool {
        let (statement, arguments) = (queued.statement, queued.arguments)
        let count = Int32(arguments.lengths.count)
        let isSent = arguments.withPointers { values, lengths, formats in
            if usesPooler {
                statement.sql.withUTF8Buffer { sql in
                    sql.withMemoryRebound(to: CChar.self) { sql in
                        libpq.pointee.PQsendQueryParams(
                            handle, sql.baseAddress, count, arguments.types, values, lengths, formats, 1)
                    }
                }
            } else {
                libpq.pointee.PQsendQueryPrepared(handle, statement.name, count, values, lengths, formats, 1)
            }
        }
        return isSent == 1
    }

    private func sendingFailed(_ handle: OpaquePointer, _ segment: Segment) -> PostgresError {
        lost(segment.mayCommit ? .outcomeUnknown : .connectionLost(message(handle)))
    }
}
