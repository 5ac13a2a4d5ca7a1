import FastCGI
import Hummingbird
import Synchronization
import TestSupport
import Testing

/// Clients that disconnect, in every way.
@Suite(.timeLimit(.minutes(3)))
struct CancellationTests {
    @Test("A client that leaves cancels the handler", arguments: [true, false])
    func cancellation(shutsDownFirst: Bool) async throws {
        let started = Signal()
        let cancelled = Signal()
        let configuration = ServerTests.configuration()
        try await TestServer.run(
            configuration,
            routes: { router in
                router.get("wait") { _, _ in
                    await withTaskCancellationHandler {
                        started.give()
                        try? await Task.sleep(for: .seconds(3_600))
                    } onCancel: {
                        cancelled.give()
                    }
                    return "late"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                try await client.send(FastCGIRecords.request("GET", "/wait"))
                await started.wait()
                if shutsDownFirst { try await client.finishSending() }
            }
            await cancelled.wait()
        }
        #expect(configuration.statistics.snapshot.aborted == 1)
        #expect(configuration.statistics.snapshot.inFlight == 0)
    }

    @Test("ABORT_REQUEST cancels the handler")
    func abort() async throws {
        let started = Signal()
        let cancelled = Signal()
        try await TestServer.run(
            ServerTests.configuration(),
            routes: { router in
                router.get("wait") { _, _ in
                    await withTaskCancellationHandler {
                        started.give()
                        try? await Task.sleep(for: .seconds(3_600))
                    } onCancel: {
                        cancelled.give()
                    }
                    return "late"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                try await client.send(FastCGIRecords.request("GET", "/wait"))
                await started.wait()
                try await client.send(FastCGIRecords.abort())
                #expect(try await client.readRecord()?.type == 3)
                await cancelled.wait()
                #expect(try await client.readRecord() == nil)
            }
        }
    }

    @Test("A client that only shuts down its sending side still gets its answer")
    func halfClose() async throws {
        let started = Signal()
        let gate = Signal()
        try await TestServer.run(
            ServerTests.configuration(),
            routes: { router in
                router.get("gate") { _, _ in
                    started.give()
                    await gate.wait()
                    return "through"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                try await client.send(FastCGIRecords.request("GET", "/gate"))
                await started.wait()
                try await client.finishSending()
                gate.give()
                #expect(try await client.readAnswer().text == "through")
                #expect(try await client.readRecord() == nil)
            }
        }
    }

    @Test("A body that was cut off is an error, not an end", arguments: [true, false])
    func truncatedBody(closes: Bool) async throws {
        let outcome = Mutex<[String]>([])
        let started = Signal()
        let finished = Signal()
        try await TestServer.run(
            ServerTests.configuration(),
            routes: { router in
                router.post("upload") { request, _ in
                    started.give()
                    do {
                        for try await _ in request.body {}
                        outcome.withLock { $0.append("whole") }
                    } catch {
                        outcome.withLock { $0.append((error as? FastCGIError)?.rawValue ?? "\(error)") }
                    }
                    finished.give()
                    return "done"
                }
            }
        ) { path in
            try await FastCGIClient.withConnection(unixPath: path) { client in
                let parameters = FastCGIRecords.requestParameters("POST", "/upload", length: 100)
                try await client.send(
                    FastCGIRecords.begin() + FastCGIRecords.parameters(parameters)
                        + FastCGIRecords.record(5, [1, 2, 3]))
                await started.wait()
                if !closes {
                    try await client.send(FastCGIRecords.record(5))
                    #expect(try await client.readAnswer().status == 400)
                    await finished.wait()
                }
            }
            if closes { await finished.wait() }
        }
        #expect(outcome.withLock { $0 } == [closes ? "bodyTruncated" : "bodyLengthMismatch"])
    }
}
