/// The location of a secret: a tenant file contains none in plain text.
package enum SecretReference: Sendable, Hashable {
    /// A variable of the environment or of `.env`.
    case environment(String)
    case file(String)
    /// A credential of systemd (`LoadCredential=`).
    case credential(String)
    case sealed(SealedSecret)

    /// Returns nil for any other text. Callers must not repeat it in messages, because it may be a secret.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        let rest = String(parts[1])
        switch parts[0] {
        case "env":
            guard Self.isVariableName(rest) else { return nil }
            self = .environment(rest)
        case "file": self = .file(rest)
        case "credential":
            // The name becomes a file name in systemd's folder.
            guard rest != ".", rest != "..", !rest.contains("/") else { return nil }
            self = .credential(rest)
        case "sealed":
            guard let sealed = SealedSecret(rest) else { return nil }
            self = .sealed(sealed)
        default: return nil
        }
    }

    private static func isVariableName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

extension SecretReference: CustomStringConvertible {
    /// The reference as in the file; for a sealed secret only the id of its master key.
    package var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        case .credential(let name): "credential:\(name)"
        case .sealed(let sealed): "sealed:\(sealed.masterKeyID)"
        }
    }
}
