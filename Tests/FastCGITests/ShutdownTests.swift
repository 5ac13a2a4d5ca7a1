import FastCGI
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

/// The shutdown and replacement of a server.
@Suite(.timeLimit(.minutes(3)))
struct ShutdownTests {
    @Test("A graceful shutdown lets a stream finish")
    func shutdownDuringStream() async throws {
        let started = Signal()
        let gate = Signal()
        try await TestServer.withFolder { folder in
            try await TestServer.run(
                at: "\(folder)/s", ServerTests.configuration(),
                routes: { router in
                    router.get("stream") { _, _ in
                        Response(
                            status: .ok,
                            body: .init { writer in
                                try await writer.write(ByteBuffer(string: "first "))
                                started.give()
                                await gate.wait()
                                try await writer.write(ByteBuffer(string: "last"))
                                try await writer.finish(nil)
                            })
                    }
                }
            ) { group in
                try await FastCGIClient.withConnection(unixPath: "\(folder)/s") { client in
                    try await client.send(FastCGIRecords.request("GET", "/stream"))
                    await started.wait()
                    await group.triggerGracefulShutdown()
                    gate.give()
                    let answer = try await client.readAnswer()
                    #expect(answer.text == "first last")
                    #expect(try await client.readRecord() == nil)
                }
            }
        }
    }

    @Test("A draining server retires each connection with its next answer")
    func drain() async throws {
        let configuration = ServerTests.configuration()
        try await TestServer.run(configuration, routes: ServerTests.echo) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let answer = try await client.execute("POST", "/echo", body: "1")
                #expect(answer.protocolStatus == 0)
                configuration.drain.begin()
                let last = try await client.execute("POST", "/echo", body: "2")
                #expect(last.text == "2")
                #expect(last["X-Accel-Buffering"] == "no")
                #expect(last.protocolStatus == nil)
            }
        }
    }

    @Test("Another server takes over the socket, and no connection is refused")
    func takeOver() async throws {
        try await TestServer.withFolder { folder in
            let path = "\(folder)/s"
            let progress = Progress()
            try await TestServer.run(at: path, ServerTests.configuration(), routes: ServerTests.echo) { _ in
                async let requests: Void = self.sendRequests(path, progress)
                try await self.takeOver(path, times: 5, progress)
                try await requests
            }
        }
    }

    /// A counter of answered requests that can be waited for.
    private final class Progress: Sendable {
        let answered = Atomic(0)
        let isDone = Atomic(false)
        let ended = Signal()
    }

    private func sendRequests(_ path: String, _ progress: Progress) async throws {
        defer { progress.ended.give() }
        while !progress.isDone.load(ordering: .relaxed) {
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let answer = try await client.execute("POST", "/echo", body: "x")
                #expect(answer.text == "x")
            }
            progress.answered.add(1, ordering: .relaxed)
        }
    }

    /// Starts a server that takes over the socket from the running one before it; they end in reverse order.
    private func takeOver(_ path: String, times: Int, _ progress: Progress) async throws {
        guard times > 0 else {
            progress.isDone.store(true, ordering: .relaxed)
            return await progress.ended.wait()
        }
        let configuration = ServerTests.configuration()
        let before = progress.answered.load(ordering: .relaxed)
        try await TestServer.run(at: path, configuration, routes: ServerTests.echo) { _ in
            while progress.answered.load(ordering: .relaxed) < before + 20 { await Task.yield() }
            #expect(configuration.statistics.snapshot.accepted > 10)
            try await self.takeOver(path, times: times - 1, progress)
        }
    }
}
