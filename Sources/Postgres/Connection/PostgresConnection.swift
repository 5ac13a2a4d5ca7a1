import CPostgres

/// One connection to a database, used by one thread at a time, always in pipeline mode.
///
/// `send` queues statements, `finish` sends them all and reads their results: one round trip. A statement outside of BEGIN
/// and COMMIT belongs to one transaction with the others up to `finish`, as long as none of them is a BEGIN.
///
/// Nothing is ever cancelled: to cancel a COMMIT that waits for its standby would acknowledge it. A connection that does not
/// answer in time is closed, and the server's own limits end what it was doing.
package final class PostgresConnection {
    /// The host that answered, as an index of the configuration's.
    package let host: Int
    /// The number of waits for the server, counted by tests.
    package internal(set) var roundTrips = 0

    /// A statement that waits for the next segment.
    struct Queued {
        let statement: Statement
        let arguments: Arguments
    }

    /// A statement that the server knows, or will when it has read what is sent.
    struct Prepared {
        let sql: StaticString
        let types: [UInt32]
    }

    /// The limit of the statements and of the bytes of one segment, which are all held in memory.
    static let segmentLimit = (statements: 100_000, bytes: 64 << 20)
    /// The limit of segments whose results are not read yet, as they fill the buffers between server and client.
    static let unreadLimit = 16

    let libpq: LibPQ
    let notices: Notices
    let usesPooler: Bool
    let resultLimit: Int
    /// The connection of libpq; nil once closed.
    var handle: OpaquePointer?
    var prepared: [String: Prepared] = [:]
    var queue: [Queued] = []
    var queuedBytes = 0
    /// The segments that were sent and not read.
    var unread: [Segment] = []
    /// Whether a transaction is open once everything that was sent is done, and only reads.
    var transaction: (isOpen: Bool, isReadOnly: Bool) = (false, false)

    /// Connects to the first host that accepts writes.
    ///
    /// The deadline does not cover the resolution of names, for which libpq waits as long as the resolver does.
    ///
    /// - Parameter firstHost: The index of the host to begin with, such as that of another connection.
    package init(
        _ configuration: PostgresConfiguration, firstHost: Int = 0, deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        let libpq = try LibPQLoader.functions()
        let opened = try PostgresOpening(libpq: libpq, configuration: configuration, deadline: deadline)
            .open(from: firstHost)
        self.libpq = libpq
        host = opened.host
        usesPooler = configuration.usesPooler
        resultLimit = configuration.resultLimit
        notices = Notices(libpq: libpq)
        handle = opened.handle
        notices.receive(from: opened.handle)
    }

    deinit { close() }

    /// Ends the connection, and with it a transaction that is not committed.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        libpq.pointee.PQfinish(handle)
    }

    /// Whether the connection can be used again: it was not closed, neither here nor, as far as is known, by the server.
    package var isUsable: Bool {
        guard let handle else { return false }
        return libpq.pointee.PQstatus(handle) == CONNECTION_OK && !Wait.hasHungUp(libpq.pointee.PQsocket(handle))
    }

    /// Returns the connection, or throws if it was closed.
    func open() throws(PostgresError) -> OpaquePointer {
        guard let handle else { throw .connectionLost("it was closed before") }
        return handle
    }

    /// Closes the connection after an error.
    func lost(_ error: PostgresError) -> PostgresError {
        close()
        return error
    }

    /// Returns libpq's text for its last error.
    func message(_ handle: OpaquePointer) -> String {
        libpq.pointee.PQerrorMessage(handle).map { String(cString: $0) } ?? ""
    }
}
