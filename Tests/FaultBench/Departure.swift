import Synchronization
import TestSupport

/// A client that disconnects at some point of a turn, and the time for which its provider call continues: an abandoned
/// call is still paid for.
struct Departure: Sendable {
    let id: String
    let what: String
    /// The provider's reply to each of its requests.
    let reply: ScriptedReply
    /// Waits for the moment at which the client disconnects.
    let moment: @Sendable (EventStream, ScriptedUpstream) async throws -> Void
    /// Whether the call has already ended at that moment, so that only a further call would be an error.
    var isBetweenAttempts = false

    private static let limit = Duration.milliseconds(100)

    static let all: [Departure] = [
        Departure(
            id: "left-1", what: "the client leaves in the middle of an answer",
            reply: .stream(FaultReplies.tokens(20, "primary") + [.wait(ScriptedGate())])
        ) { stream, _ in
            _ = try await stream.event("a token") { $0.name == "message" }
        },
        Departure(
            id: "left-2", what: "the client leaves while the provider is silent",
            reply: ScriptedReply(steps: [.wait(ScriptedGate())])
        ) { _, upstream in
            await upstream.arrival()
        },
        Departure(
            id: "left-3", what: "the client leaves while a retry is waited for",
            reply: FaultReplies.error(429, headers: [("retry-after", "3")]),
            moment: { _, upstream in
                await upstream.arrival()
                try await Task.sleep(for: .milliseconds(500))
            }, isBetweenAttempts: true),
    ]

    /// Runs the case on its own server.
    func play() async throws -> FaultRow {
        let reply = reply
        return try await ScriptedUpstream.run { _, _ in
            reply
        } _: { upstream in
            let tenant = """
                provider: openai-compatible
                providers:
                  openai-compatible: {base_url: "\(upstream.url)", model: primary, allow_private: true}

                """
            return try await Deployment.serving(tenants: [id: tenant]) { site in
                let token = try await site.token(id, "alice")
                let left = try await site.curl.stream(
                    "POST", "/api/alice/chat", token: token, body: #"{"message":"Tell me a story"}"#
                ) { stream in
                    try await moment(stream, upstream)
                    stream.leave()
                    return ContinuousClock.now
                }
                if isBetweenAttempts {
                    // Longer than the wait would have been.
                    try await Task.sleep(for: .seconds(5))
                } else {
                    await upstream.closure()
                }
                let duration = isBetweenAttempts ? .zero : ContinuousClock.now - left
                let attempts = upstream.requests.count
                let failure =
                    attempts > 1 ? "asked again for nobody" : duration > Self.limit ? "went on too long" : nil
                return FaultRow(id: id, what: what, failure: failure, attempts: attempts, duration: duration)
            }
        }
    }
}
