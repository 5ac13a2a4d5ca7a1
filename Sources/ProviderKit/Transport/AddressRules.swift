import NIOCore

/// The rules for the addresses that may be connected to when a tenant has not allowed private ones.
///
/// They apply to the connected address and not to the name, whose owner can point it anywhere.
enum AddressRules {
    static func isPublic(_ address: SocketAddress) -> Bool {
        // The offsets of sin_addr and sin6_addr in their structs, because C modules of several packages define these.
        switch address {
        case .v4(let address):
            withUnsafeBytes(of: address.address) { isPublicV4(Array($0[4..<8])) }
        case .v6(let address):
            withUnsafeBytes(of: address.address) { isPublicV6(Array($0[8..<24])) }
        case .unixDomainSocket:
            false
        }
    }

    private static func isPublicV4(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1]) {
        case (0, _), (10, _), (127, _): false
        case (100, 64...127): false  // carrier-grade NAT
        case (169, 254): false  // link-local, and the metadata services of clouds
        case (172, 16...31), (192, 168): false
        case (192, 0): bytes[2] != 0 && bytes[2] != 2  // protocol assignments, documentation
        case (198, 18...19): false  // benchmarks
        case (224..., _): false  // multicast, reserved, broadcast
        default: true
        }
    }

    private static func isPublicV6(_ bytes: [UInt8]) -> Bool {
        // Addresses that contain an IPv4 address are as public as that one: mapped, compatible, NAT64 and 6to4. The
        // unspecified address and loopback are compatible ones in 0.0.0.0/8.
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == bytes[11], bytes[10] == 0 || bytes[10] == 0xFF {
            return isPublicV4(Array(bytes[12...]))
        }
        if bytes[..<4] == [0x00, 0x64, 0xFF, 0x9B] { return isPublicV4(Array(bytes[12...])) }
        if bytes[..<2] == [0x20, 0x02] { return isPublicV4(Array(bytes[2..<6])) }
        // Of the rest only 2000::/3 is routed: no ULA, link-local or multicast.
        return bytes[0] & 0xE0 == 0x20
    }
}

/// The error of a connection that `AddressRules` closed before anything was sent.
struct PrivateAddressError: Error {}
