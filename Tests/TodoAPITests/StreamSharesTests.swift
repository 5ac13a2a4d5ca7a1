import HTTPTypes
import JSON
import Synchronization
import TestSupport
import Testing

@testable import TodoAPI

/// Many streams of one tenant with a slow provider.
@Suite(.timeLimit(.minutes(10)))
struct StreamSharesTests {
    @Test("Three hundred streams of one tenant are held, and another tenant chats and lists at the same host")
    func streams() async throws {
        let isOpen = Mutex<[ScriptedGate]>([])
        try await ScriptedUpstream.run { request, _ in
            guard request.body.contains("slow") else {
                return .events(#"{"choices":[{"delta":{"content":"hello"},"finish_reason":"stop"}]}"#, "[DONE]")
            }
            let gate = ScriptedGate()
            isOpen.withLock { $0.append(gate) }
            return .stream([
                .send("data: {\"choices\":[{\"delta\":{\"content\":\"h\"}}]}\n\n"), .wait(gate),
                .send("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"),
            ])
        } _: { upstream in
            // 384 for chats, at most 288 of them for a tenant: the last twelve are refused.
            try await APIFixture.run(
                limits: "chats_per_minute: 1000, concurrent_chats: 20", concurrency: ConcurrencyLimits(requests: 512),
                upstream: upstream.url
            ) { api in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<300 {
                        let token = try api.token("user\(number / 15)")
                        group.addTask {
                            try await api.send(
                                .post, "/api/user\(number / 15)/chat", token: token, body: ["message": "slow"],
                                headers: [.accept: "text/event-stream"]
                            ).status
                        }
                    }
                    var refused = 0
                    for _ in 0..<12 {
                        #expect(try await group.next() == 503)
                        refused += 1
                    }
                    try await eventually("all are asked") { upstream.requests.count == 288 }
                    #expect(refused == 12 && upstream.connectionCount == 288)
                    let token = try api.token("dana", tenant: "globex")
                    for _ in 1...10 {
                        let chat = try await api.send(
                            .post, "/api/dana/chat", token: token, body: ["message": "hello"])
                        #expect(chat.status == 200 && chat.json?["response"] == "hello")
                        #expect(try await api.send(.get, "/api/dana/tasks", token: token).status == 200)
                    }
                    for gate in isOpen.withLock({ $0 }) { gate.open() }
                    for try await status in group { #expect(status == 200) }
                }
            }
        }
    }
}
