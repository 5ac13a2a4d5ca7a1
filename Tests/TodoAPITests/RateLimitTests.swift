import Foundation
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import TodoAPI

@Suite struct RateLimitTests {
    @Test("Who asks too often gets a 429 with the time to wait, alone, and not for chats")
    func requests() async throws {
        let clock = ManualClock()
        try await APIFixture.run(clock: clock, limits: "requests_per_minute: 40, chats_per_minute: 100") { api in
            let (alice, bob) = (try api.token("alice"), try api.token("bob"))
            for _ in 1...40 { #expect(try await api.send(.get, "/api/alice/tasks", token: alice).status == 200) }
            let refused = try await api.send(.get, "/api/alice/tasks", token: alice)
            #expect(refused.status == 429 && refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "2")
            #expect(try await api.send(.get, "/api/bob/tasks", token: bob).status == 200)
            clock.advance(by: .seconds(2))
            #expect(try await api.send(.get, "/api/alice/tasks", token: alice).status == 200)
        }
    }

    @Test("What is much work has a limit of its own", arguments: ["/tasks/export", "/tasks/import", "/tasks/bulk"])
    func heavy(path: String) async throws {
        try await APIFixture.run(clock: ManualClock(), limits: "requests_per_minute: 60") { api in
            let token = try api.token("alice")
            let method = path == "/tasks/export" ? HTTPRequest.Method.get : .post
            func send() async throws -> APIFixture.Reply {
                try await api.send(method, "/api/alice\(path)", token: token, raw: method == .get ? nil : "{}")
            }
            for _ in 1...3 { #expect(try await send().status != 429) }
            #expect(try await send().code == "rate_limited")
            #expect(try await api.send(.get, "/api/alice/tasks", token: token).status == 200)
        }
    }
}
