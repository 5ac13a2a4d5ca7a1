import CPostgres

extension PostgresConnection {
    /// Sends what is queued with a Sync, and reads the results of all statements since the last one.
    ///
    /// Throws the first error. After a lost connection, a deadline or a warning, it is `outcomeUnknown` where a change may
    /// have been committed; otherwise nothing was.
    package func finish(by deadline: ContinuousClock.Instant) throws(PostgresError) -> [PostgresResult] {
        let handle = try open()
        guard !queue.isEmpty || !unread.isEmpty else { return [] }
        let own = try queue.isEmpty ? nil : sendSegment()
        roundTrips += 1
        var results = SegmentResults(mayCommit: own?.mayCommit ?? false)
        do throws(PostgresError) {
            for segment in unread {
                var dropped = SegmentResults(mayCommit: false)
                try read(segment, into: &dropped, by: deadline)
            }
            unread.removeAll(keepingCapacity: true)
            notices.hasWarning = false
            if let own { try read(own, into: &results, by: deadline) }
        } catch {
            throw lost(results.error(endingWith: error))
        }
        let isOpen = libpq.pointee.PQtransactionStatus(handle) != PQTRANS_IDLE
        transaction = (isOpen, isOpen && transaction.isReadOnly)
        if let error = results.error(hasWarning: notices.hasWarning) {
            throw error.endsConnection ? lost(error) : error
        }
        return results.results
    }

    /// Reads the results of a segment. Throws only when the connection ended.
    private func read(
        _ segment: Segment, into results: inout SegmentResults, by deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        if !segment.prepared.isEmpty {
            for name in segment.prepared {
                let memory = try readResult(by: deadline)
                guard let failure = ServerFailure.of(memory) else { continue }
                prepared[name] = nil
                if failure.isFatal { throw failure.error }
                // The use of what is not prepared fails, too, and that undoes the transaction.
                results.fail(failure.error, aborts: false)
            }
            try readSync(into: &results, by: deadline)
        }
        for effect in segment.effects {
            try add(try readResult(by: deadline), effect, to: &results)
        }
        try readSync(into: &results, by: deadline)
    }

    private func add(
        _ memory: ResultMemory, _ effect: Statement.Effect, to results: inout SegmentResults
    ) throws(PostgresError) {
        if let failure = ServerFailure.of(memory) {
            if failure.isFatal { throw failure.error }
            results.fail(failure.error, aborts: true)
        } else if effect == .commit, !hasCommitted(memory) {
            // The server answers the COMMIT of a failed transaction with success, and the tag ROLLBACK.
            results.fail(
                .rejected(sqlState: "25P02", message: "the transaction had failed before its COMMIT"), aborts: true)
        } else if libpq.pointee.PQresultMemorySize(memory.pointer) > resultLimit {
            results.fail(.tooLarge("a result has more than \(resultLimit) bytes"), aborts: false)
        } else {
            results.append(PostgresResult(memory))
        }
    }

    private func hasCommitted(_ memory: ResultMemory) -> Bool {
        libpq.pointee.PQcmdStatus(memory.pointer).map { String(cString: $0) } == "COMMIT"
    }

    /// Reads the only result of a statement.
    private func readResult(by deadline: ContinuousClock.Instant) throws(PostgresError) -> ResultMemory {
        guard let memory = try nextResult(by: deadline) else { throw .connectionLost("a result is missing") }
        // After a fatal error, whatever comes is no matter.
        if let failure = ServerFailure.of(memory), failure.isFatal { return memory }
        guard try nextResult(by: deadline) == nil else { throw .connectionLost("there is a result too many") }
        return memory
    }

    /// Reads up to the Sync, before which comes the error of a transaction that fails only when it commits by itself.
    private func readSync(
        into results: inout SegmentResults, by deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        for _ in 0..<8 {
            guard let memory = try nextResult(by: deadline) else { continue }
            if libpq.pointee.PQresultStatus(memory.pointer) == PGRES_PIPELINE_SYNC { return }
            guard let failure = ServerFailure.of(memory), !failure.isFatal else {
                throw ServerFailure.of(memory)?.error ?? .connectionLost("there is a result too many")
            }
            results.fail(failure.error, aborts: true)
        }
        throw .connectionLost("the end of the results is missing")
    }

    /// Returns the next result, or nil for the end of those of a statement.
    func nextResult(by deadline: ContinuousClock.Instant) throws(PostgresError) -> ResultMemory? {
        let handle = try open()
        while libpq.pointee.PQisBusy(handle) != 0 { try receive(handle, by: deadline) }
        return libpq.pointee.PQgetResult(handle).map { ResultMemory($0, libpq: libpq) }
    }

    /// Waits until something arrives, while what is still to be sent goes out.
    private func receive(_ handle: OpaquePointer, by deadline: ContinuousClock.Instant) throws(PostgresError) {
        let unsent = libpq.pointee.PQflush(handle)
        guard unsent >= 0 else { throw .connectionLost(message(handle)) }
        let socket = libpq.pointee.PQsocket(handle)
        guard Wait.forSocket(socket, writing: unsent > 0, by: deadline) else { throw .timedOut }
        guard libpq.pointee.PQconsumeInput(handle) == 1 else { throw .connectionLost(message(handle)) }
        // A record of TLS can be larger than the room that libpq had for it. Its rest waits in OpenSSL, where poll does not see
        // it; a second reading has room for it.
        if libpq.pointee.PQsslInUse(handle) != 0, libpq.pointee.PQisBusy(handle) != 0 {
            guard libpq.pointee.PQconsumeInput(handle) == 1 else { throw .connectionLost(message(handle)) }
        }
    }
}
