/// An address of a database server.
package enum PostgresHost: Sendable, Hashable {
    /// A name or an address, and a port.
    case network(String, port: UInt16)
    /// The folder of a unix socket, and the port that is part of the socket's name.
    case socket(folder: String, port: UInt16)

    package static let defaultPort: UInt16 = 5432

    /// Reads `host`, `host:port`, `[address]:port`, `/folder` or `/folder:port`.
    package init?(_ text: String) {
        // libpq would take a comma for the next host, and @ for an abstract socket.
        guard
            !text.utf8.contains(where: {
                $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "@")
            })
        else { return nil }
        let isBracketed = text.hasPrefix("[")
        let (name, rest): (Substring, Substring)
        if isBracketed {
            guard let end = text.firstIndex(of: "]") else { return nil }
            (name, rest) = (text[..<end].dropFirst(), text[text.index(after: end)...])
        } else {
            let end = text.lastIndex(of: ":") ?? text.endIndex
            (name, rest) = (text[..<end], text[end...])
        }
        guard !name.isEmpty, isBracketed || !name.contains(":") else { return nil }
        var port = Self.defaultPort
        if !rest.isEmpty {
            let digits = rest.dropFirst()
            guard rest.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(digits), number > 0
            else { return nil }
            port = number
        }
        self =
            name.hasPrefix("/") ? .socket(folder: String(name), port: port) : .network(String(name), port: port)
    }
}

extension PostgresHost: CustomStringConvertible {
    package var description: String {
        switch self {
        case .network(let name, let port): name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)"
        case .socket(let folder, let port): "\(folder):\(port)"
        }
    }
}
