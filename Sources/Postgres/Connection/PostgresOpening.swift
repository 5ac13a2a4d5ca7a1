import CPostgres
import Secrets

/// The making of a connection: each host in turn, each with a limit of its own.
///
/// libpq would try several hosts itself, but leaves one that never answers only in its blocking function.
struct PostgresOpening {
    let libpq: LibPQ
    let configuration: PostgresConfiguration
    let deadline: ContinuousClock.Instant

    /// Returns a connection in pipeline mode to the first host that accepts writes, or throws the most telling error.
    func open(from first: Int) throws(PostgresError) -> (handle: OpaquePointer, host: Int) {
        let hosts = configuration.hosts
        guard !hosts.isEmpty else { throw .invalidConfiguration("there is no host") }
        var error = PostgresError.timedOut
        for offset in hosts.indices {
            let index = (offset + max(0, first) % hosts.count) % hosts.count
            if offset > 0 && ContinuousClock.now >= deadline { break }
            do {
                return (try connect(to: hosts[index]), index)
            } catch let next {
                if next.precedence >= error.precedence { error = next }
            }
        }
        throw error
    }

    private func connect(to host: PostgresHost) throws(PostgresError) -> OpaquePointer {
        let handle = try start(host)
        do {
            try complete(handle, host)
            return handle
        } catch {
            libpq.pointee.PQfinish(handle)
            throw error
        }
    }

    private func start(_ host: PostgresHost) throws(PostgresError) -> OpaquePointer {
        var keywords = try configuration.keywords(for: host)
        if let password = configuration.password {
            let text = password.revealed()
            guard !text.utf8.contains(0) else { throw .invalidConfiguration("the password contains a U+0000") }
            keywords.append((name: "password", value: text))
        }
        let handle = withCStrings(keywords.map(\.name)) { names in
            withCStrings(keywords.map(\.value)) { values in libpq.pointee.PQconnectStartParams(names, values, 0) }
        }
        guard let handle else { throw .cannotConnect("libpq has no memory") }
        return handle
    }

    private func complete(_ handle: OpaquePointer, _ host: PostgresHost) throws(PostgresError) {
        // The SQLSTATE of an error is only named in verbose texts.
        _ = libpq.pointee.PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        guard libpq.pointee.PQstatus(handle) != CONNECTION_BAD else { throw failure(handle) }
        let limit = min(deadline, .now + configuration.connectTimeout)
        var state = PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK {
            guard state != PGRES_POLLING_FAILED else { throw failure(handle) }
            let isWriting = state == PGRES_POLLING_WRITING
            // libpq changes the socket when it tries the next address of a name.
            let socket = libpq.pointee.PQsocket(handle)
            guard Wait.forSocket(socket, reading: !isWriting, writing: isWriting, by: limit) else {
                throw .cannotConnect("no answer in time from \(host)")
            }
            state = libpq.pointee.PQconnectPoll(handle)
        }
        guard libpq.pointee.PQsetnonblocking(handle, 1) == 0, libpq.pointee.PQenterPipelineMode(handle) == 1 else {
            throw failure(handle)
        }
    }

    private func failure(_ handle: OpaquePointer) -> PostgresError {
        PostgresError(connecting: libpq.pointee.PQerrorMessage(handle).map { String(cString: $0) } ?? "")
    }

    /// Calls `body` with the texts and nil behind them.
    private func withCStrings<R>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R) -> R {
        let ends = texts.reduce(into: [0]) { ends, text in ends.append(ends[ends.count - 1] + text.utf8.count + 1) }
        let bytes: [CChar] = texts.flatMap { text in text.utf8.map { CChar(bitPattern: $0) } + [0] }
        return bytes.withUnsafeBufferPointer { bytes in
            var pointers: [UnsafePointer<CChar>?] = ends.dropLast().map { start in bytes.baseAddress.map { $0 + start }
            }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
        }
    }
}

extension PostgresError {
    /// The order in which the errors of several hosts tell more: one that is down tells least.
    fileprivate var precedence: Int {
        switch self {
        case .timedOut: 0
        case .cannotConnect: 1
        case .notPrimary: 2
        default: 3
        }
    }
}
