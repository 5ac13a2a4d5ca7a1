import NIOCore
import Testing

@testable import ProviderKit

@Suite struct AddressRulesTests {
    @Test(
        "Addresses that are not public are known as such",
        arguments: [
            "127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
            "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
            "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
            "64:ff9b::7f00:1", "2002:7f00:1::",
        ])
    func notPublic(_ address: String) throws {
        #expect(!AddressRules.isPublic(try SocketAddress(ipAddress: address, port: 443)))
    }

    @Test(
        "Public addresses are known as such",
        arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
    func isPublic(_ address: String) throws {
        #expect(AddressRules.isPublic(try SocketAddress(ipAddress: address, port: 443)))
    }

    @Test("A local socket is not public")
    func unixSocket() throws {
        #expect(!AddressRules.isPublic(try SocketAddress(unixDomainSocketPath: "./s")))
    }
}
