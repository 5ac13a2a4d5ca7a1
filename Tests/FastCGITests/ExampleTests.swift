import FastCGI
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

// The example of Sources/FastCGI/FastCGI.docc/FastCGI.md; a test compares the two.
struct ExampleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let clientAddress: String?

    init(source: ApplicationRequestContextSource) {
        self.coreContext = .init(source: source)
        self.clientAddress = FastCGIParameters.current?.remoteAddress
    }
}

func exampleApplication(socket path: String) throws -> some ApplicationProtocol {
    let router = Router(context: ExampleContext.self)
    router.get("hello") { _, context in "Hello, \(context.clientAddress ?? "nobody")" }

    var configuration = FastCGIConfiguration()
    configuration.limits.bodyBytes = 1024 * 1024
    let listener = try UnixSocketListener(unixPath: path, mode: 0o660)
    return Application(
        router: router,
        server: .fastCGI(configuration: configuration),
        configuration: .init(
            address: listener.address, backlog: 511,
            availableConnectionsDelegate: configuration.availableConnections),
        onServerRunning: { channel in
            do {
                try listener.publish()
            } catch {
                Logger(label: "example").critical("\(error)")
                try? await channel.close()
            }
        })
}
// The end of the example.

struct ExampleTests {
    @Test("The documented example is the one that is compiled here")
    func documentation() throws {
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let start = try #require(source.range(of: "struct ExampleContext"))
        let end = try #require(source.range(of: "// The end of the example."))
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appendingPathComponent("Sources/FastCGI/FastCGI.docc/FastCGI.md"), encoding: .utf8)
        #expect(page.contains("```swift\n" + source[start.lowerBound..<end.lowerBound] + "```"))
    }

    @Test("The documented example works")
    func example() async throws {
        try await TestServer.withFolder { folder in
            let application = try exampleApplication(socket: "\(folder)/s")
            try await application.test(.router) { client in
                try await client.execute(uri: "/hello", method: .get) {
                    #expect(String(buffer: $0.body) == "Hello, nobody")
                }
            }
        }
    }
}
