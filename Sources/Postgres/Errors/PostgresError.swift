/// An error of a connection or of a statement. A message is the server's first line, bounded, without the details, which
/// contain values of rows.
package enum PostgresError: Error, Hashable, Sendable {
    /// libpq is not installed.
    case libraryMissing(String)
    case invalidConfiguration(String)
    /// No host answered, or none with a certificate to be trusted.
    case cannotConnect(String)
    /// The server refused the role or its password.
    case authenticationFailed(String)
    /// The connection ended. Nothing of the last statements was committed.
    case connectionLost(String)
    /// The deadline passed, and with it the connection ended. Nothing of the last statements was committed.
    case timedOut
    /// A transaction is committed or not, or only on one server: it is to be looked up.
    case outcomeUnknown
    /// Two transactions were in each other's way: the same again may succeed.
    case serializationFailure
    /// The server accepts no writes, or no longer.
    case notPrimary(String)
    /// A limit of the server on a statement's time, or on waiting for a lock, was reached.
    case tooSlow
    /// The server, the database or the role has as many connections as it may.
    case tooManyConnections(String)
    /// The server's disk is full.
    case diskFull
    /// The role lacks a right, or a policy refuses the row.
    case permissionDenied(String)
    /// Arguments or a result that are larger than their limit.
    case tooLarge(String)
    /// A value of another type than the one asked for, or that cannot be read as such, or NULL.
    case unexpectedValue(String)
    /// Statements in an order, or with types, that a connection does not accept.
    case misuse(String)
    /// Any other refusal of the server, with its SQLSTATE.
    case rejected(sqlState: String, message: String)
}

extension PostgresError {
    /// Whether the connection is of no use afterwards.
    var endsConnection: Bool {
        switch self {
        case .connectionLost, .timedOut, .outcomeUnknown, .notPrimary: true
        // A prepared statement that is missing (26000), doubled (42P05) or outdated (0A000) would be so again.
        case .rejected("26000", _), .rejected("42P05", _), .rejected("0A000", _): true
        default: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .libraryMissing(let message): "libpq5 is not installed: \(message)"
        case .invalidConfiguration(let message): message
        case .cannotConnect(let message): "cannot connect to the database: \(message)"
        case .authenticationFailed(let message): "the database refused the role or its password: \(message)"
        case .connectionLost(let message): "the connection to the database was lost: \(message)"
        case .timedOut: "the database did not answer in time"
        case .outcomeUnknown: "the database did not say whether it committed"
        case .serializationFailure: "two transactions were in each other's way"
        case .notPrimary(let message): "the database server accepts no writes: \(message)"
        case .tooSlow: "the database reached its limit on a statement's time"
        case .tooManyConnections(let message): "the database has too many connections: \(message)"
        case .diskFull: "the database's disk is full"
        case .permissionDenied(let message): "the database denied permission: \(message)"
        case .tooLarge(let message): message
        case .unexpectedValue(let message): "the database returned an unexpected value: \(message)"
        case .misuse(let message): message
        case .rejected(let sqlState, let message): "the database refused a statement (\(sqlState)): \(message)"
        }
    }
}
