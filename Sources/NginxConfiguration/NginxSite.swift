package import Identity

/// The nginx configuration that serves Steward under a host name, as `steward nginx` prints it.
///
/// Every value is checked when the site is created: none can end a directive, open a block or name a variable.
package struct NginxSite: Hashable, Sendable {
    package let serverName: String
    package let certificate: String
    package let certificateKey: String
    package let socket: String
    package let tenant: TenantID?
    /// The address to listen on; nil for port 443 on every address of the machine.
    package let listen: ListenAddress?

    /// The maximum length of a socket's path, in bytes: `sockaddr_un` without its NUL.
    private static let socketPathLimit = 107

    package init(
        serverName: String, certificate: String, certificateKey: String, socket: String, tenant: TenantID? = nil,
        listen: ListenAddress? = nil
    ) throws(NginxConfigurationError) {
        guard (1...253).contains(serverName.utf8.count), serverName.utf8.allSatisfy(Self.isHostByte) else {
            throw NginxConfigurationError(
                "the server name", "must be a host name like todo.example.com or *.example.com")
        }
        try Self.check("the certificate", path: certificate)
        try Self.check("the certificate key", path: certificateKey)
        try Self.check("the socket", path: socket)
        guard socket.utf8.count <= Self.socketPathLimit else {
            throw NginxConfigurationError("the socket", "must be a path of at most \(Self.socketPathLimit) bytes")
        }
        self.serverName = serverName
        self.certificate = certificate
        self.certificateKey = certificateKey
        self.socket = socket
        self.tenant = tenant
        self.listen = listen
    }

    /// The name of the upstream, unique for each site, because nginx has one namespace for all of them.
    package var upstream: String {
        "steward_" + String(serverName.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"):
            true
        default: false
        }
    }

    private static func check(_ field: String, path: String) throws(NginxConfigurationError) {
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw NginxConfigurationError(field, "must be an absolute path")
        }
        for byte in path.utf8 {
            switch byte {
            case 0...0x20, 0x7F:
                throw NginxConfigurationError(field, "must not contain white space or control characters")
            case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"), UInt8(ascii: "\""),
                UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "#"):
                throw NginxConfigurationError(field, "must not contain any of ; { } $ \" ' \\ #")
            default: continue
            }
        }
    }
}
