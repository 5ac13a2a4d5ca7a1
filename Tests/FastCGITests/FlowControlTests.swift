import FastCGI
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

/// Backpressure in both directions, and its limits.
@Suite(.timeLimit(.minutes(3)))
struct FlowControlTests {
    @Test("A handler that does not read stops the upload")
    func uploadBackpressure() async throws {
        var configuration = ServerTests.configuration()
        configuration.limits.bodyBytes = .max
        let statistics = configuration.statistics
        let ahead = Atomic(0)
        let piece = FastCGIRecords.record(5, [UInt8](repeating: 7, count: 32_768))
        let pieces = 1_000
        try await TestServer.run(
            configuration,
            routes: { router in
                router.post("upload") { request, _ in
                    var count = 0
                    for try await bytes in request.body {
                        count += bytes.readableBytes
                        ahead.max(statistics.snapshot.bytesIn - count, ordering: .relaxed)
                        await Task.yield()
                    }
                    return "\(count)"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let parameters = FastCGIRecords.requestParameters("POST", "/upload", length: nil)
                try await client.send(FastCGIRecords.begin() + FastCGIRecords.parameters(parameters))
                for _ in 0..<pieces { try await client.send(piece) }
                try await client.send(FastCGIRecords.record(5))
                #expect(try await client.readAnswer().text == "\(pieces * 32_768)")
            }
        }
        #expect(ahead.load(ordering: .relaxed) < 1_500_000)
    }

    @Test("A client that does not read stops the producer, and gets everything in the end")
    func downloadBackpressure() async throws {
        let produced = Atomic(0)
        let pieces = 800
        try await TestServer.run(
            ServerTests.configuration(),
            routes: { router in
                router.get("stream") { _, _ in
                    Response(
                        status: .ok,
                        body: .init { writer in
                            let piece = ByteBuffer(repeating: 7, count: 65_536)
                            for _ in 0..<pieces {
                                try await writer.write(piece)
                                produced.add(piece.readableBytes, ordering: .relaxed)
                            }
                            try await writer.finish(nil)
                        })
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                var received = 0
                var ahead = 0
                _ = try await client.stream("GET", "/stream") { _, bytes in
                    received += bytes.count
                    ahead = max(ahead, produced.load(ordering: .relaxed) - received)
                    return true
                }
                #expect(received == pieces * 65_536)
                #expect(ahead < 8_000_000)
            }
        }
    }

    @Test("A handler that waits does not hold up other connections")
    func independence() async throws {
        let started = Signal()
        let gate = Signal()
        try await TestServer.run(
            ServerTests.configuration(),
            routes: { router in
                ServerTests.echo(router)
                router.get("gate") { _, _ in
                    started.give()
                    await gate.wait()
                    return "through"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { waiting in
                try await waiting.send(FastCGIRecords.request("GET", "/gate"))
                await started.wait()
                for _ in 0..<8 {
                    try await FastCGIClient.withConnection(unixPath: path) { client in
                        let answer = try await client.execute("GET", "/tenant")
                        #expect(answer.status == 200)
                    }
                }
                gate.give()
                #expect(try await waiting.readAnswer().text == "through")
            }
        }
    }

    @Test("More requests than allowed are answered 503 with Retry-After, and the connection stays")
    func overload() async throws {
        var configuration = ServerTests.configuration()
        configuration.limits.requestsInFlight = 1
        configuration.limits.retryAfterSeconds = 7
        let started = Signal()
        let gate = Signal()
        try await TestServer.run(
            configuration,
            routes: { router in
                ServerTests.echo(router)
                router.get("gate") { _, _ in
                    started.give()
                    await gate.wait()
                    return "through"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { first in
                try await first.send(FastCGIRecords.request("GET", "/gate"))
                await started.wait()
                try await FastCGIClient.withConnection(unixPath: path) { second in
                    let refused = try await second.execute("POST", "/echo", body: "x")
                    #expect(refused.status == 503)
                    #expect(refused["Retry-After"] == "7")
                    #expect(refused.protocolStatus == 0)
                    gate.give()
                    #expect(try await first.readAnswer().text == "through")
                    let answer = try await second.execute("POST", "/echo", body: "x")
                    #expect(answer.text == "x")
                }
            }
        }
        #expect(configuration.statistics.snapshot.refused == 1)
    }

    @Test("More connections than allowed wait in the backlog")
    func connectionLimit() async throws {
        var configuration = ServerTests.configuration()
        configuration.limits.connections = 1
        try await TestServer.run(configuration, routes: ServerTests.echo) { path in
            let answered = Mutex<[Int]>([])
            let isTaken = Signal()
            async let second: Void = { @Sendable in
                await isTaken.wait()
                try await FastCGIClient.withConnection(unixPath: path) { client in
                    let answer = try await client.execute("GET", "/tenant")
                    #expect(answer.status == 200)
                    answered.withLock { $0.append(2) }
                }
            }()
            try await FastCGIClient.withConnection(unixPath: path) { client in
                for _ in 0..<100 {
                    let answer = try await client.execute("GET", "/tenant")
                    #expect(answer.status == 200)
                    isTaken.give()
                }
                answered.withLock { $0.append(1) }
            }
            try await second
            #expect(answered.withLock { $0 } == [1, 2])
            #expect(configuration.statistics.snapshot.accepted == 2)
        }
    }
}
