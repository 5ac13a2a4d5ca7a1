import Foundation

/// The real nginx, on a free port of loopback, serving one site.
package struct Nginx: Sendable {
    package let port: UInt16
    private let folder: TemporaryFolder

    /// The error for an nginx that did not start.
    package struct DidNotStart: Error, CustomStringConvertible {
        package let description: String
    }

    /// The error for a port that another program has taken since it was found free.
    private struct PortTaken: Error {}

    /// Runs nginx while `body` runs.
    ///
    /// - Parameter site: Returns the configuration for a port, as printed by `steward nginx`.
    package static func run<Result>(
        in folder: TemporaryFolder, site: (_ port: UInt16) async throws -> String,
        _ body: (Nginx) async throws -> Result
    ) async throws -> Result {
        for _ in 0..<5 {
            let port = try freePort()
            try folder.write(try await site(port), to: "site.conf")
            do {
                return try await run(on: port, in: folder, body)
            } catch is PortTaken {
                continue
            }
        }
        throw DidNotStart(description: "five ports were taken")
    }

    private static func run<Result>(
        on port: UInt16, in folder: TemporaryFolder, _ body: (Nginx) async throws -> Result
    ) async throws -> Result {
        try folder.write(configuration(in: folder), to: "nginx.conf")
        let arguments = ["-e", folder["nginx.log"], "-p", folder.path, "-c", folder["nginx.conf"]]
        return try await ChildProcess.run(
            "nginx", arguments, directory: folder.path, output: folder["nginx.out"], errors: folder["nginx.err"]
        ) { child in
            // The port alone says nothing: another nginx may listen there. The file is written once the port is bound.
            try await eventually("nginx listens on port \(port)") {
                let errors = folder.text(of: "nginx.log") + folder.text(of: "nginx.err")
                if errors.contains("Address already in use") { throw PortTaken() }
                guard child.ending == nil else { throw DidNotStart(description: errors) }
                return !folder.text(of: "nginx.pid").isEmpty
            }
            return try await body(Nginx(port: port, folder: folder))
        }
    }

    /// The error log of nginx, including STDERR of FastCGI.
    package var errorLog: String { folder.text(of: "nginx.log") }

    /// Creates a self-signed certificate for localhost: `certificate.pem` and `key.pem` in the folder.
    package static func makeCertificate(in folder: TemporaryFolder) async throws {
        let result = try await CommandResult.of(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", folder["key.pem"], "-out", folder["certificate.pem"],
            ])
        guard result.succeeded else { throw DidNotStart(description: result.errors) }
    }

    private static func configuration(in folder: TemporaryFolder) -> String {
        """
        \(geteuid() == 0 ? "user root;" : "")
        daemon off;
        worker_processes 1;
        pid \(folder["nginx.pid"]);
        error_log \(folder["nginx.log"]) info;
        events {}
        http {
            access_log off;
            client_body_temp_path \(folder["nginx-body"]);
            fastcgi_temp_path \(folder["nginx-fastcgi"]);
            proxy_temp_path \(folder["nginx-proxy"]);
            scgi_temp_path \(folder["nginx-scgi"]);
            uwsgi_temp_path \(folder["nginx-uwsgi"]);
            include \(folder["site.conf"]);
        }
        """
    }

    /// Returns a port that the kernel reported as free.
    private static func freePort() throws -> UInt16 {
        try withSocket { descriptor, address in
            guard bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 else {
                throw DidNotStart(description: "no port is free")
            }
            var bound = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &bound) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            }
            guard result == 0 else { throw DidNotStart(description: "no port is free") }
            return UInt16(bigEndian: bound.sin_port)
        }
    }

    private static func withSocket<Result>(
        _ body: (Int32, UnsafePointer<sockaddr>) throws -> Result
    ) throws -> Result {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw DidNotStart(description: "no socket is to be had") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return try withUnsafePointer(to: &address) {
            try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body(descriptor, $0) }
        }
    }
}
