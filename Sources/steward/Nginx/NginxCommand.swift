import ArgumentParser
import Foundation
import Identity
import JSON
import NginxConfiguration

/// `steward nginx`
struct NginxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nginx", abstract: "Print an nginx configuration that serves Steward under a host name.",
        discussion: """
            Example: steward nginx --server-name todo.example.com --certificate /etc/ssl/todo.pem \
            --certificate-key /etc/ssl/todo.key > /etc/nginx/conf.d/steward.conf
            """)

    @Option(help: "The host name, such as todo.example.com.")
    var serverName: String

    @Option(help: ArgumentHelp("The file of the certificate chain.", valueName: "file"))
    var certificate: String

    @Option(help: ArgumentHelp("The file of the certificate's key.", valueName: "file"))
    var certificateKey: String

    @Option(help: ArgumentHelp("The socket that `steward serve` listens on.", valueName: "path"))
    var socket = "/run/steward/fastcgi.sock"

    @Option(help: "Accept only this tenant's tokens on this host, including those of its own issuers.")
    var tenant: TenantID?

    @Option(
        help: ArgumentHelp(
            "The port, or address and port, to listen on. (default: port 443 of every address)",
            valueName: "address"))
    var listen: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws { _ = try site() }

    func run() async throws {
        let site = try site()
        try shared.show(["configuration": .string(site.text)], people: site.text)
    }

    private func site() throws -> NginxSite {
        do throws(NginxConfigurationError) {
            let listen: ListenAddress? = if let text = self.listen { try ListenAddress(text) } else { nil }
            return try NginxSite(
                serverName: serverName, certificate: Self.absolute(certificate),
                certificateKey: Self.absolute(certificateKey), socket: Self.absolute(socket), tenant: tenant,
                listen: listen)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Returns an absolute path, because nginx resolves relative ones from its own folder.
    private static func absolute(_ path: String) -> String {
        path.isEmpty || path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
