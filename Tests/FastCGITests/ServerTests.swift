import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

/// A whole server on a real unix socket.
@Suite(.timeLimit(.minutes(3)))
struct ServerTests {
    /// Returns a configuration with short waits at the end of each test.
    static func configuration() -> FastCGIConfiguration {
        var configuration = FastCGIConfiguration()
        configuration.timeouts.idleAtShutdown = .milliseconds(10)
        return configuration
    }

    static func echo(_ router: Router<TestContext>) {
        router.get("tenant") { _, context in
            "\(context.parameters?["STEWARD_TENANT"] ?? "-") \(context.parameters?.remoteAddress ?? "-")"
        }
        router.post("echo") { request, _ in
            Response(status: .created, body: .init(byteBuffer: try await request.body.collect(upTo: 10_000_000)))
        }
    }

    @Test("A thousand requests go over one kept connection")
    func keptConnection() async throws {
        let configuration = Self.configuration()
        try await TestServer.run(configuration, routes: Self.echo) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                for number in 1...1_000 {
                    let answer = try await client.execute("POST", "/echo", body: "\(number)")
                    #expect(answer.status == 201)
                    #expect(answer.text == "\(number)")
                    #expect(answer.protocolStatus == 0)
                }
                let counts = configuration.statistics.snapshot
                #expect(counts.accepted == 1)
                #expect(counts.active == 1)
                #expect(counts.idle == 1)
                #expect(counts.requests == 1_000)
                #expect(counts.aborted == 0)
                #expect(counts.bytesIn > 100_000)
            }
        }
        #expect(configuration.statistics.snapshot.active == 0)
    }

    @Test("Parameters belong to one request")
    func parameters() async throws {
        try await TestServer.run(Self.configuration(), routes: Self.echo) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                for tenant in ["acme", nil, "globex"] {
                    let answer = try await client.execute(
                        "GET", "/tenant", headers: [("Steward-Tenant", "evil")],
                        parameters: tenant.map { [("STEWARD_TENANT", $0)] } ?? [])
                    #expect(answer.text == "\(tenant ?? "-") 192.0.2.1")
                }
            }
        }
    }

    @Test("A connection that is not kept is closed after the answer")
    func unkeptConnection() async throws {
        try await TestServer.run(Self.configuration(), routes: Self.echo) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let answer = try await client.execute("GET", "/tenant", keepsConnection: false)
                #expect(answer.status == 200)
                #expect(try await client.readRecord() == nil)
            }
        }
    }

    @Test("Only listed users may connect", arguments: [true, false])
    func peerCheck(isListed: Bool) async throws {
        var configuration = Self.configuration()
        configuration.allowedUserIDs = [isListed ? geteuid() : geteuid() + 1]
        try await TestServer.run(configuration, routes: Self.echo) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                if isListed {
                    let answer = try await client.execute("GET", "/tenant")
                    #expect(answer.status == 200)
                } else {
                    await #expect(throws: (any Error).self) { try await client.execute("GET", "/tenant") }
                }
            }
        }
        #expect(configuration.statistics.snapshot.protocolErrors == (isListed ? 0 : 1))
    }

    @Test("A stream that breaks off ends without END_REQUEST")
    func brokenStream() async throws {
        struct Failure: Error {}
        try await TestServer.run(
            Self.configuration(),
            routes: { router in
                router.get("broken") { _, _ in
                    Response(
                        status: .ok,
                        body: .init { writer in
                            try await writer.write(ByteBuffer(string: "some"))
                            throw Failure()
                        })
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let answer = try await client.execute("GET", "/broken")
                #expect(answer.text == "some")
                #expect(answer.protocolStatus == nil)
            }
        }
    }

    @Test("Garbage, floods and hasty clients leave the server unharmed")
    func hostility() async throws {
        let configuration = Self.configuration()
        try await TestServer.run(configuration, routes: Self.echo) { path in
            let unknown = FastCGIRecords.record(99, id: 0, [1])
            let attacks: [[UInt8]] = [
                Array("GET / HTTP/1.1\r\n\r\n".utf8), [0x16, 3, 1], FastCGIRecords.begin(),
                FastCGIRecords.begin() + FastCGIRecords.record(4, [0xff, 0xff, 0xff, 0xff]),
                (0..<5_000).flatMap { _ in unknown },
                FastCGIRecords.request("POST", "/echo", body: [UInt8](repeating: 1, count: 1_000_000)),
            ]
            try await withThrowingTaskGroup { group in
                for attack in attacks + attacks + attacks {
                    group.addTask {
                        try await FastCGIClient.withConnection(unixPath: path) { try? await $0.send(attack) }
                    }
                }
                try await group.waitForAll()
            }
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let answer = try await client.execute("POST", "/echo", body: "alive")
                #expect(answer.text == "alive")
            }
        }
        #expect(configuration.statistics.snapshot.protocolErrors == 6)
        #expect(configuration.statistics.snapshot.active == 0)
        #expect(configuration.statistics.snapshot.inFlight == 0)
    }
}
