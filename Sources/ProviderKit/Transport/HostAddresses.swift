import Foundation
import NIOCore

extension String {
    /// The host without the brackets of an IPv6 address in a URL.
    var trimmingBrackets: String { hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self }
}

/// The addresses of a host, resolved by this machine.
enum HostAddresses {
    /// Resolves a host and checks its addresses. Blocks, at most for the timeout of the resolver.
    @Sendable static func verdict(on host: String) -> AddressGate.Verdict {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
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

    /// Returns nil for addresses other than IPv4 and IPv6, and for those with a scope, which are link-local.
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
