import FastCGI
import Foundation
import Hummingbird
import NIOCore
import TestSupport
import Testing

/// Peers that stay idle, or disappear without closing.
@Suite(.timeLimit(.minutes(3)))
struct IdleConnectionTests {
    /// Raises the limit: both ends of each connection are in this process, and the usual soft limit is 1,024.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 8_192))
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    @Test("A thousand idle connections hold up nobody")
    func idleConnections() async throws {
        Self.raiseDescriptorLimit()
        let count = 1_000
        var configuration = ServerTests.configuration()
        // The test must not depend on the speed of the machine.
        configuration.timeouts.firstRequest = .hours(1)
        configuration.timeouts.head = .hours(1)
        try await TestServer.run(configuration, routes: ServerTests.echo) { [configuration] path in
            let (connected, connecting) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup { group in
                var isConnected = connected.makeAsyncIterator()
                for number in 0..<count {
                    // At most as many as the backlog holds: a unix socket refuses further ones at once.
                    if number >= 64 { await isConnected.next() }
                    group.addTask {
                        defer { connecting.yield() }
                        try await FastCGIClient.withConnection(unixPath: path) { client in
                            switch number % 3 {
                            case 0: break
                            case 1: try await client.send(Array(FastCGIRecords.begin().prefix(number % 15 + 1)))
                            default:
                                let answer = try await client.execute("POST", "/echo", body: "\(number)")
                                #expect(answer.text == "\(number)")
                            }
                            connecting.yield()
                            try? await Task.sleep(for: .seconds(3_600))
                        }
                    }
                }
                for _ in 0..<64 { await isConnected.next() }
                try await FastCGIClient.withConnection(unixPath: path) { client in
                    for number in 1...100 {
                        let answer = try await client.execute("POST", "/echo", body: "\(number)")
                        #expect(answer.text == "\(number)")
                    }
                }
                try await eventually("all connections are accepted") {
                    configuration.statistics.snapshot.accepted == count + 1
                }
                #expect(configuration.statistics.snapshot.active >= count)
                #expect(configuration.statistics.snapshot.inFlight == 0)
                group.cancelAll()
            }
        }
        #expect(configuration.statistics.snapshot.active == 0)
        #expect(configuration.statistics.snapshot.protocolErrors == 0)
    }

    @Test("A client that leaves with an answer unread ends its handler, wherever the answer stands")
    func unreadAnswer() async throws {
        let configuration = ServerTests.configuration()
        let ended = Signal()
        try await TestServer.run(
            configuration,
            routes: { router in
                ServerTests.echo(router)
                router.get("endless") { _, _ in
                    Response(
                        status: .ok,
                        body: .init { writer in
                            defer { ended.give() }
                            while true { try await writer.write(ByteBuffer(repeating: 7, count: 10_000)) }
                        })
                }
            }
        ) { path in
            for count in 1...5 {
                try await FastCGIClient.withConnection(unixPath: path) { client in
                    try await client.send(FastCGIRecords.request("GET", "/endless"))
                    for _ in 0..<count { #expect(try await client.readRecord()?.type == 6) }
                }
                await ended.wait()
            }
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let answer = try await client.execute("POST", "/echo", body: "alive")
                #expect(answer.text == "alive")
            }
        }
        #expect(configuration.statistics.snapshot.aborted == 5)
        #expect(configuration.statistics.snapshot.inFlight == 0)
    }
}
