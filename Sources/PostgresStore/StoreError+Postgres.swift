import Postgres
import TodoStore

extension StoreError {
    /// Converts an error of the database, without its values. Anything else stays as it is.
    static func converted(_ error: any Error) -> any Error {
        guard let error = error as? PostgresError else { return error }
        return StoreError(error)
    }

    init(_ error: PostgresError) {
        self =
            switch error {
            case .timedOut, .tooSlow, .serializationFailure, .tooManyConnections: .overloaded
            case .outcomeUnknown: .outcomeUnknown
            case .diskFull: .full
            case .unexpectedValue, .rejected("23505", _): .corrupt
            case .tooLarge: .tooMuchWork
            case .cannotConnect, .connectionLost: .unavailable(reason: "the database cannot be reached")
            case .notPrimary: .unavailable(reason: "the database accepts no writes")
            case .authenticationFailed: .unavailable(reason: "the database refused the role or its password")
            case .permissionDenied: .unavailable(reason: "the database denied permission")
            case .libraryMissing: .unavailable(reason: "libpq5 is not installed")
            case .invalidConfiguration(let reason): .unavailable(reason: reason)
            case .misuse(let reason): .unavailable(reason: reason)
            case .rejected(let state, _): .unavailable(reason: "PostgreSQL \(state)")
            }
    }
}

extension PostgresError {
    /// Whether the same can be done again on another connection, since nothing was stored.
    var isOfConnection: Bool {
        switch self {
        case .connectionLost, .notPrimary, .rejected("26000", _), .rejected("42P05", _), .rejected("0A000", _): true
        default: false
        }
    }

    /// Whether the database did not answer.
    var isUnreachable: Bool {
        switch self {
        case .timedOut, .cannotConnect, .outcomeUnknown, .tooManyConnections: true
        default: false
        }
    }
}
