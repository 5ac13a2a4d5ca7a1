import CPostgres

/// The failure that a result stands for.
struct ServerFailure {
    let error: PostgresError
    /// Whether the connection ends with it.
    let isFatal: Bool

    /// Returns the failure of a result; nil for success.
    static func of(_ memory: ResultMemory) -> ServerFailure? {
        let status = memory.libpq.pointee.PQresultStatus(memory.pointer)
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_PIPELINE_SYNC: return nil
        // Not run, because of an error before it in the same segment, which was noted.
        case PGRES_PIPELINE_ABORTED:
            return ServerFailure(error: .misuse("a statement was not run, because of one before it"), isFatal: false)
        case PGRES_FATAL_ERROR:
            let error = PostgresError(
                sqlState: field(steward_sqlstate, of: memory), message: field(steward_message, of: memory) ?? "")
            let severity = field(steward_severity, of: memory)
            switch error {
            case .connectionLost, .outcomeUnknown: return ServerFailure(error: error, isFatal: true)
            default: return ServerFailure(error: error, isFatal: severity != "ERROR")
            }
        // COPY, or an answer that is against the protocol.
        default: return ServerFailure(error: .connectionLost("an unexpected kind of result"), isFatal: true)
        }
    }

    private static func field(_ code: Int, of memory: ResultMemory) -> String? {
        memory.libpq.pointee.PQresultErrorField(memory.pointer, Int32(code)).map { String(cString: $0) }
    }
}
