extension PostgresError {
    /// Creates the error for a SQLSTATE, whether of a statement or of a new connection.
    ///
    /// - Parameter sqlState: The five characters; nil for an error of libpq itself, which only the connection can have.
    init(sqlState: String?, message: String) {
        let message = Self.bounded(message)
        guard let sqlState else {
            self = .connectionLost(message)
            return
        }
        switch sqlState {
        case "40001", "40P01": self = .serializationFailure
        // "Statement completion unknown" and "transaction resolution unknown".
        case "40003", "08007": self = .outcomeUnknown
        case "25006": self = .notPrimary(message)
        case "57014", "55P03": self = .tooSlow
        case "53300": self = .tooManyConnections(message)
        case "53100": self = .diskFull
        case "42501": self = .permissionDenied(message)
        case "28000", "28P01": self = .authenticationFailed(message)
        // An idle transaction that was ended by the server.
        case "25P03": self = .connectionLost(message)
        case _ where sqlState.hasPrefix("08") || sqlState.hasPrefix("57P"): self = .connectionLost(message)
        default: self = .rejected(sqlState: sqlState, message: message)
        }
    }

    /// Creates the error for a connection that was not made, from libpq's text for it.
    ///
    /// libpq has no field for the SQLSTATE of such an error, but names it in a verbose text: `FATAL:  53300: sorry, ...`.
    init(connecting text: String) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("LOCATION:") }
        let message = Self.bounded(lines.joined(separator: " "))
        // A host name may stand for several addresses, each with a line: the last one tells the state of the last.
        let states = lines.compactMap(Self.sqlState(in:))
        guard let state = states.last else {
            // The texts of target_session_attrs.
            let isReadOnly = text.contains("session is read-only") || text.contains("server is in hot standby mode")
            self = isReadOnly ? .notPrimary(message) : .cannotConnect(message)
            return
        }
        let error = PostgresError(sqlState: state, message: message)
        if case .connectionLost = error { self = .cannotConnect(message) } else { self = error }
    }

    private static func sqlState(in line: Substring) -> String? {
        let text = Array(line.utf8)
        for start in text.indices where text[start...].starts(with: [0x3A, 0x20, 0x20]) {
            let state = text[(start + 3)...].prefix(5)
            let isState = state.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
            guard state.count == 5, isState, text[state.endIndex...].first == 0x3A else { continue }
            return String(decoding: state, as: UTF8.self)
        }
        return nil
    }

    /// Returns at most 400 bytes of a server's message.
    private static func bounded(_ message: String) -> String {
        message.utf8.count <= 400 ? message : String(decoding: message.utf8.prefix(400), as: UTF8.self) + "…"
    }
}
