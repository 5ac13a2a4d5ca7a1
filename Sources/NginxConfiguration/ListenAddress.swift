/// An address that nginx listens on: a port, or an IP address and a port.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address as in the `listen` directive.
    package let description: String

    /// Parses `443`, `127.0.0.1:8443` or `[::1]:8443`.
    package init(_ text: String) throws(NginxConfigurationError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let last = parts.last, last.utf8.allSatisfy(Self.isDigit), let port = UInt16(last), port > 0 else {
            throw NginxConfigurationError("the listen address", "must end with a port from 1 to 65535")
        }
        let host = parts.dropLast().joined(separator: ":")
        guard parts.count == 1 || Self.isAddress(host) else {
            throw NginxConfigurationError(
                "the listen address", "must be a port, an IPv4 address with a port, or an IPv6 address in [] with one")
        }
        description = text
    }

    /// Checks that the text can only be an IP address. nginx checks whether this machine has it.
    private static func isAddress(_ host: String) -> Bool {
        if host.first == "[", host.last == "]", host.utf8.count > 3 {
            return host.utf8.dropFirst().dropLast().allSatisfy { byte in
                isDigit(byte) || byte == UInt8(ascii: ":")
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
            }
        }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4
            && numbers.allSatisfy { $0.utf8.allSatisfy(isDigit) && UInt8($0) != nil }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
