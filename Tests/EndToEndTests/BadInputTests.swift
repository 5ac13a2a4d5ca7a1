import JSON
import TestSupport
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct BadInputTests {
    private struct Case {
        let method: String
        let path: String
        let body: String?
        let status: Int
        let code: String

        init(_ method: String, _ path: String, _ status: Int, _ code: String, body: String? = nil) {
            self.method = method
            self.path = path
            self.body = body
            self.status = status
            self.code = code
        }
    }

    private static let long = String(repeating: "x", count: 6_000)

    private static let cases = [
        Case("POST", "/api/alice/tasks", 400, "malformed_json", body: "{"),
        Case("POST", "/api/alice/tasks", 400, "malformed_json", body: ""),
        Case("POST", "/api/alice/tasks", 400, "malformed_json", body: #"{"title":"a","title":"b"}"#),
        Case("POST", "/api/alice/tasks", 400, "malformed_json", body: "[]"),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: "{}"),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":""}"#),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":"  "}"#),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":5}"#),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":"\#(long)"}"#),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":"a","owner":"bob"}"#),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":"a","priority":"huge"}"#),
        Case("POST", "/api/alice/tasks", 422, "validation_failed", body: #"{"title":"a","due_at":"tomorrow"}"#),
        Case("PATCH", "/api/alice/tasks/1", 422, "validation_failed", body: #"{"title":null}"#),
        Case("PATCH", "/api/alice/tasks/99", 404, "not_found", body: #"{"title":"a"}"#),
        Case("GET", "/api/alice/tasks/99", 404, "not_found"),
        Case("DELETE", "/api/alice/tasks/99", 404, "not_found"),
        Case("GET", "/api/alice/tasks?cursor=nonsense", 400, "bad_cursor"),
        Case("GET", "/api/alice/tasks?limit=0", 400, "bad_parameter"),
        Case("GET", "/api/alice/tasks?limit=101", 400, "bad_parameter"),
        Case("GET", "/api/alice/tasks?status=done", 400, "bad_parameter"),
        Case("GET", "/api/alice/tasks?color=red", 400, "bad_parameter"),
        Case("POST", "/api/alice/chat", 422, "validation_failed", body: #"{"message":""}"#),
        Case("POST", "/api/alice/chat", 422, "validation_failed", body: #"{"message":"\#(long)"}"#),
        Case("POST", "/api/alice/chat", 422, "validation_failed", body: #"{"message":"hello","conversation_id":"1"}"#),
        Case("POST", "/api/alice/chat", 404, "not_found", body: #"{"message":"hello","conversation_id":99}"#),
        Case("POST", "/api/alice/chat", 422, "validation_failed", body: #"{"message":"hello","user_id":"bob"}"#),
        Case("GET", "/api/alice/conversations/99/messages", 404, "not_found"),
        Case("GET", "/api/alice/nothing", 404, "not_found"),
        Case("GET", "/nothing", 404, "not_found"),
        Case("PUT", "/api/alice/tasks", 405, "method_not_allowed", body: "{}"),
    ]

    @Test("Bad input gets a clear problem and changes nothing")
    func problems() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            #expect(try await site.curl("POST", "/api/alice/tasks", token: token, title: "Stay").status == 201)
            let before = try await site.curl("GET", "/api/alice/tasks", token: token).body
            for test in Self.cases {
                let answer = try await site.curl(test.method, test.path, token: token, body: test.body)
                let what = "\(test.method) \(test.path) \(test.body?.prefix(60) ?? ""): \(answer.body)"
                #expect(answer.status == test.status, "\(what)")
                #expect(answer.json["code"]?.string == test.code, "\(what)")
                #expect(answer.json["status"] == .integer(test.status), "\(what)")
                #expect(answer.json["detail"]?.string?.isEmpty == false, "\(what)")
                #expect(answer["content-type"] == "application/problem+json", "\(what)")
                #expect(answer.json["request_id"]?.string == answer["x-request-id"], "\(what)")
            }
            #expect(try await site.curl("GET", "/api/alice/tasks", token: token).body == before)
            #expect(try await site.curl("GET", "/api/alice/conversations", token: token).json["items"] == [])
        }
    }

    @Test("A body over the limit gets 413, whether Steward or nginx says so", arguments: [70_000, 1_200_000])
    func tooLarge(size: Int) async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            let body = JSONValue.object(["title": .string(String(repeating: "x", count: size))]).text
            let answer = try await site.curl("POST", "/api/alice/tasks", token: token, body: body)
            #expect(answer.status == 413)
            #expect(answer.json["code"] == "payload_too_large")
            #expect(try await site.curl("GET", "/api/alice/tasks", token: token).json["items"] == [])
        }
    }

    @Test("A body that is not called JSON is refused")
    func mediaType() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            let answer = try await site.curl(
                "POST", "/api/alice/tasks", token: token, headers: ["Content-Type: text/plain"], body: #"{"title":"a"}"#
            )
            #expect(answer.status == 415)
            #expect(answer.json["code"] == "unsupported_media_type")
        }
    }

    @Test("HTTP/2 and HTTP/1.1 get the same answer, and Connection: close costs nobody else a thing")
    func versions() async throws {
        try await Deployment.serving { site in
            let token = try await site.token("acme", "alice")
            let second = try await site.curl("GET", "/api/alice/tasks", token: token)
            let first = try await site.curl(
                "GET", "/api/alice/tasks", token: token, headers: ["Connection: close"], options: ["--http1.1"])
            #expect(second.httpVersion == "2")
            #expect(first.httpVersion == "1.1")
            #expect(first.body == second.body)
            for _ in 0..<5 {
                #expect(try await site.curl("POST", "/api/alice/tasks", token: token, title: "More").status == 201)
            }
        }
    }
}
