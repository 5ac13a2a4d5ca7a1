import FastCGI
import Hummingbird
import HummingbirdTesting
import Testing

/// The documented example, and parameters outside of a FastCGI connection.
struct RouterTests {
    @Test("Under Hummingbird's router tests there are no parameters, unless the test gives some")
    func routerTests() async throws {
        let router = Router(context: TestContext.self)
        router.get("tenant") { _, context in context.parameters?["STEWARD_TENANT"] ?? "none" }
        let application = Application(router: router, server: .fastCGI())
        try await application.test(.router) { client in
            try await client.execute(uri: "/tenant", method: .get) { #expect(String(buffer: $0.body) == "none") }
            try await FastCGIParameters.$current.withValue(FastCGIParameters(["STEWARD_TENANT": "acme"])) {
                try await client.execute(uri: "/tenant", method: .get) { #expect(String(buffer: $0.body) == "acme") }
            }
        }
    }
}
