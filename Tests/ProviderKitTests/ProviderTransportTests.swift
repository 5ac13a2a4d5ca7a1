import Foundation
import JSON
import NIOCore
import Secrets
import TestSupport
import Testing

@testable import ProviderKit

/// The transport over real connections. The clock only moves when told to, so that the tests do not depend on the speed
/// of the machine.
@Suite struct ProviderTransportTests {
    private func request(
        _ url: String, allowPrivate: Bool = true, timeouts: ProviderTimeouts = ProviderTimeouts()
    ) -> ProviderHTTPRequest {
        ProviderHTTPRequest(
            url: url, headers: [("x-own", "1")], credential: .bearer(Secret(utf8: "key-of-the-test")),
            body: ["a": 1], allowPrivate: allowPrivate, timeouts: timeouts)
    }

    private func kind(_ body: () async throws -> Void) async -> ProviderError.Kind? {
        do { try await body() } catch { return (error as? ProviderError)?.kind }
        return nil
    }

    @Test("A request carries its JSON and its fields, and the body of the response comes as it was sent")
    func roundTrip() async throws {
        try await ScriptedUpstream.run([.body(200, "hello", type: "text/plain")]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let body = try await transport.send(request(upstream.url + "/path")) { response in
                    #expect(response.status == 200)
                    #expect(response.headers["Content-Type"] == "text/plain")
                    return String(buffer: try await response.collect(upTo: 100))
                }
                #expect(body == "hello")
            }
            let sent = try #require(upstream.requests.first)
            #expect(sent.method == "POST")
            #expect(sent.path == "/path")
            #expect(sent.json == ["a": 1])
            #expect(sent.header("authorization") == "Bearer key-of-the-test")
            #expect(
                sent.headerNames == [
                    "accept", "authorization", "content-length", "content-type", "host", "user-agent", "x-own",
                ])
        }
    }

    @Test("Without allow_private nothing is connected to a private address, and an open port looks like a closed one")
    func privateAddress() async throws {
        try await ScriptedUpstream.run([.body(200, "")]) { upstream in
            let byName = upstream.url.replacing("127.0.0.1", with: "localhost")
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                var refusals: Set<ProviderError> = []
                for url in [upstream.url, byName, "http://127.0.0.1:1", "https://localhost:1", "http://[::1]:1"] {
                    let error = await #expect(throws: ProviderError.self) {
                        try await transport.send(request(url, allowPrivate: false)) { _ in }
                    }
                    if let error { refusals.insert(error) }
                }
                #expect(refusals.map(\.kind) == [.unreachable], "\(refusals)")
            }
            #expect(upstream.connectionCount == 0)
        }
    }

    @Test("A redirect is not followed")
    func redirect() async throws {
        let redirect = ScriptedReply.body(307, "", headers: [("location", "/elsewhere")])
        try await ScriptedUpstream.run([redirect]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let status = try await transport.send(request(upstream.url)) { $0.status }
                #expect(status == 307)
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test(
        "A provider that cannot be reached, or that leaves before it answers, is unreachable", arguments: [true, false])
    func unreachable(_ resets: Bool) async throws {
        try await ScriptedUpstream.run([ScriptedReply(steps: [resets ? .reset : .close])]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                #expect(await kind { try await transport.send(request(upstream.url)) { _ in } } == .unreachable)
            }
            #expect(upstream.requests.count == 1)
        }
        try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
            // No server listens on port 1.
            let closed = request("http://127.0.0.1:1")
            #expect(await kind { try await transport.send(closed) { _ in } } == .unreachable)
            #expect(await kind { try await transport.send(request("nonsense")) { _ in } } == .unreachable)
        }
    }

    @Test(
        "The error of a failed connection has its reason",
        arguments: ["http://127.0.0.1:1", "http://localhost:1"])
    func noConnection(_ url: String) async throws {
        try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
            let error = await #expect(throws: ProviderError.self) {
                try await transport.send(request(url)) { _ in }
            }
            #expect(error?.detail == "the connection failed: Connection refused")
        }
    }

    @Test("A body that breaks off is truncated", arguments: [true, false])
    func brokenBody(_ resets: Bool) async throws {
        let gate = ScriptedGate()
        let reply = ScriptedReply(steps: [.send("half"), .wait(gate), resets ? .reset : .close])
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let kind = await kind {
                    try await transport.send(request(upstream.url)) { response in
                        #expect(try await response.next().map { String(buffer: $0) } == "half")
                        gate.open()
                        _ = try await response.next()
                    }
                }
                #expect(kind == .truncated)
            }
        }
    }

    @Test("A connection is used again when its response was read to the end")
    func reuse() async throws {
        try await ScriptedUpstream.run([.body(200, "a"), .body(200, "b")]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                for expected in ["a", "b"] {
                    let body = try await transport.send(request(upstream.url)) { response in
                        String(buffer: try await response.collect(upTo: 100))
                    }
                    #expect(body == expected)
                }
                #expect(upstream.connectionCount == 1)
            }
        }
    }

    @Test("Nothing is read beyond what is wanted, and the connection is closed")
    func bounded() async throws {
        let steps = Array(repeating: ScriptedReply.Step.send(String(repeating: "x", count: 1000)), count: 100)
        let reply = ScriptedReply(steps: steps + [.wait(ScriptedGate())])
        try await ScriptedUpstream.run([reply]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let size = try await transport.send(request(upstream.url)) { response in
                    try await response.collect(upTo: 1500).readableBytes
                }
                #expect(size == 1500)
                await upstream.closure()
            }
        }
    }

    @Test("Silence before the head ends the request after the first limit")
    func silence() async throws {
        try await ScriptedUpstream.run([ScriptedReply(steps: [.wait(ScriptedGate())])]) { upstream in
            let clock = ManualClock()
            try await ProviderTransport.withTransport(clock: clock) { transport in
                let request = request(upstream.url, timeouts: ProviderTimeouts(firstByte: .seconds(15)))
                let error = await #expect(throws: ProviderError.self) {
                    try await clock.advancing(by: .seconds(1), once: upstream.arrival) {
                        try await transport.send(request) { _ in }
                    }
                }
                #expect(error?.kind == .firstByteTimeout)
                #expect(clock.now.offset >= .seconds(15))
                await upstream.closure()
            }
        }
    }

    @Test("The trailer's limit is two seconds in all, and its end is the end of the body")
    func trailer() async throws {
        try await ScriptedUpstream.run([ScriptedReply(steps: [.send("x"), .wait(ScriptedGate())])]) { upstream in
            let clock = ManualClock()
            try await ProviderTransport.withTransport(clock: clock) { transport in
                let request = request(upstream.url)
                let hasBegun = ScriptedGate()
                let rest: ByteBuffer? = try await clock.advancing(by: .seconds(1), once: hasBegun.wait) {
                    try await transport.send(request) { response in
                        _ = try await response.next()
                        hasBegun.open()
                        response.expect(.trailer)
                        response.expect(.trailer)
                        return try await response.next()
                    }
                }
                #expect(rest == nil)
                await upstream.closure()
            }
        }
    }

    @Test("A cancelled task closes the connection")
    func cancel() async throws {
        try await ScriptedUpstream.run([ScriptedReply(steps: [.head, .wait(ScriptedGate())])]) { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                let request = request(upstream.url)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { @Sendable in
                        await #expect(throws: CancellationError.self) {
                            try await transport.send(request) { response in _ = try await response.next() }
                        }
                    }
                    await upstream.arrival()
                    group.cancelAll()
                }
                await upstream.closure()
            }
        }
    }

    @Test("Each tenant has connections of its own, which are closed when nobody has used them for a while")
    func owners() async throws {
        let clock = ManualClock()
        try await ScriptedUpstream.run([.body(200, ""), .body(200, ""), .body(200, "")]) { upstream in
            try await ProviderTransport.withTransport(clock: clock) { transport in
                func ask(_ owner: String) async throws {
                    _ = try await transport.of(owner).send(request(upstream.url)) { response in
                        try await response.collect(upTo: 100)
                    }
                }
                try await ask("acme")
                try await ask("globex")
                #expect(upstream.connectionCount == 2 && transport.clientCount == 2)
                clock.advance(by: .seconds(80))
                try await ask("acme")
                transport.closeIdle()
                #expect(transport.clientCount == 2)
                clock.advance(by: .seconds(10))
                transport.closeIdle()
                #expect(transport.clientCount == 1)
            }
        }
    }

    @Test("Many requests of one tenant to one host are all under way at once", .timeLimit(.minutes(10)))
    func manyStreams() async throws {
        let gates = (0..<530).map { _ in ScriptedGate() }
        try await ScriptedUpstream.run { _, index in
            .stream([.send("data: 1\n\n"), .wait(gates[index]), .send("data: 2\n\n")])
        } _: { upstream in
            try await ProviderTransport.withTransport(clock: ManualClock()) { transport in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in gates {
                        group.addTask {
                            try await transport.of("acme").send(request(upstream.url)) { response in
                                try await response.collect(upTo: 100).readableBytes
                            }
                        }
                    }
                    // None of them ends before all have begun.
                    for _ in gates { await upstream.arrival() }
                    for gate in gates { gate.open() }
                    for try await count in group { #expect(count == 18) }
                }
            }
        }
    }

    @Test("No room of our own for a connection is no failure of the provider")
    func noRoom() throws {
        for code in [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL] {
            let error = ProviderError(transport: IOError(errnoCode: code, reason: "connect"))
            #expect(error.kind == .noRoom)
            var health = TargetHealth(at: .zero)
            for user in 1...10 { health.fail(error, try health.admit(.init(user), at: .zero), at: .zero) }
            #expect(health.isAtRest(at: .zero))
        }
    }
}
