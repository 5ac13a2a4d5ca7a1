import Foundation
import NIOCore

extension String {
    /// The address itself of an IPv6 address as URLs write it; any other host as it is.
    var trimmingBrackets: String { hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self }
}

/// The addresses of a host, as this machine resolves its name.
enum HostAddresses {
    /// Blocks, at worst for as long as the name servers of this machine are asked.
    @Sendable static func verdict(on host: String) -> AddressGate.Verdict {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0, let first else { return .hasNoAddress }
        defer { freeaddrinfo(first) }
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let entry = next {
            guard let address = literal(entry.pointee), AddressRules.isPublic(address) else { return .isPrivate }
            next = entry.pointee.ai_next
        }
        return .isPublic
    }

    /// Nil for what is no address of IPv4 or IPv6, and for one with a scope, which leads no further than a link.
    private static func literal(_ entry: addrinfo) -> SocketAddress? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
            getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return try? SocketAddress(ipAddress: String(decoding: bytes, as: UTF8.self), port: 0)
    }
}
