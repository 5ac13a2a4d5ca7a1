import Foundation
import HTTPTypes
import JSON
import TestSupport
import Testing
import Text
import TodoStore

@testable import TodoAPI

/// Extreme numbers in every numeric member of a route.
@Suite struct RouteNumberTests {
    @Test("A path with a number that is no id of anything is not found")
    func paths() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "a"])
            for route in api.routes where route.path.contains("{id}") {
                for number in ExtremeNumbers.all {
                    let segment = PercentEncoding.segment(number)
                    let path = "/api/alice" + route.path.replacing("{id}", with: segment)
                    let body: String? = route.method == .get || route.method == .delete ? nil : #"{"title":"b"}"#
                    let reply = try await api.send(route.method, path, token: token, raw: body)
                    #expect(
                        reply.status == 404 || reply.status == 422 && route.path.hasSuffix("/complete"),
                        "\(route.method) \(path): \(reply.text)")
                }
            }
        }
    }

    @Test("A number of a query is one from 1 to 100, or refused")
    func queries() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            for path in ["/tasks", "/changes", "/conversations"] {
                for number in ExtremeNumbers.all {
                    let value = PercentEncoding.segment(number)
                    let limit = try await api.send(.get, "/api/alice\(path)?limit=\(value)", token: token)
                    #expect(limit.status == 400, "\(path) \(number): \(limit.text)")
                    for text in ["\(number)", "tasks id\n\(number)\nn\(number)", "changes\n1\nn\(number)"] {
                        let cursor = Data(text.utf8).base64EncodedString().replacing("=", with: "")
                            .replacing("+", with: "-").replacing("/", with: "_")
                        let reply = try await api.send(.get, "/api/alice\(path)?cursor=\(cursor)", token: token)
                        #expect([200, 400].contains(reply.status), "\(path) \(text): \(reply.text)")
                    }
                    let times = try await api.send(
                        .get, "/api/alice/tasks?due_from=\(value)-01-01T00:00:00Z", token: token)
                    #expect(times.status == 400)
                }
            }
        }
    }

    /// Bodies with a placeholder for a number, by route.
    static let bodies: [(path: String, body: String)] = [
        ("/chat", #"{"message":"Hi","conversation_id":§}"#), ("/chat", #"{"message":§}"#),
        ("/chat", #"{"message":"Hi","stream":§}"#), ("/tasks", #"{"title":§}"#),
        ("/tasks", #"{"title":"a","priority":§}"#), ("/tasks", #"{"title":"a","tags":[§]}"#),
        ("/tasks", #"{"title":"a","due_at":§}"#), ("/tasks", #"{"title":"a","due_at":"§-01-01T00:00:00Z"}"#),
        ("/tasks", #"{"title":"a","due_at":"2026-01-01T00:00:00.§Z"}"#),
        ("/tasks", #"{"title":"a","recurrence":§}"#), ("/tasks", #"{"title":"a","recurrence":"FREQ=§"}"#),
        ("/tasks", #"{"title":"a","recurrence":"FREQ=DAILY;INTERVAL=§"}"#),
        ("/tasks", #"{"title":"a","recurrence":"FREQ=DAILY;COUNT=§"}"#),
        ("/tasks", #"{"title":"a","recurrence":"FREQ=DAILY;UNTIL=§"}"#),
        ("/tasks", #"{"title":"a","recurrence":"FREQ=MONTHLY;BYDAY=§MO"}"#),
        ("/tasks", #"{"title":"a","recurrence":"FREQ=MONTHLY;BYMONTHDAY=§"}"#),
        ("/tasks", #"{"title":"a","recurrence":"FREQ=YEARLY;BYMONTH=§"}"#),
        ("/tasks/bulk", #"{"action":"complete","ids":[§]}"#), ("/tasks/bulk", #"{"action":"complete","ids":§}"#),
        ("/tasks/bulk", #"{"action":"set_priority","ids":[1],"priority":§}"#),
        ("/undo", #"{"change_id":§}"#), ("/undo", #"{"turn_id":§}"#),
        ("/tasks/import", #"[{"title":"a","id":§,"version":§}]"#), ("/tasks/import", #"[§]"#),
        ("/tasks/import", #"[{"title":"a","completed_at":"§-01-01T00:00:00Z"}]"#),
    ]

    @Test("A number of a body is taken or refused, and ends nothing", arguments: bodies)
    func takesOrRefuses(path: String, body: String) async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "a"])
            for number in ExtremeNumbers.all {
                let reply = try await api.send(
                    .post, "/api/alice\(path)", token: token, raw: body.replacing("§", with: number))
                #expect((200..<500).contains(reply.status), "\(body) \(number): \(reply.status) \(reply.text)")
                // A bare number is not an id: no change was made and no conversation was begun.
                if body.contains("_id") || body.contains("ids") {
                    #expect((400..<500).contains(reply.status), "\(body) \(number): \(reply.status) \(reply.text)")
                }
            }
        }
    }

    @Test("A date that is spelt with digits of another script is no date of a rule")
    func foreignDigits() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            for until in ["２２ab", "２２12", "٢٠٢٦", "20261224T１７Z", "20261224T1700００Z", "2026１２24"] {
                let reply = try await api.send(
                    .post, "/api/alice/tasks", token: token,
                    body: ["title": "a", "recurrence": .string("FREQ=DAILY;UNTIL=\(until)")])
                #expect(reply.status == 422, "\(until): \(reply.text)")
                #expect(reply.fields == ["recurrence"])
            }
        }
    }

    @Test("Versions and sizes in header fields are compared, never believed")
    func headers() async throws {
        try await APIFixture.run { api in
            let token = try api.token("alice")
            _ = try await api.send(.post, "/api/alice/tasks", token: token, body: ["title": "a"])
            for number in ExtremeNumbers.all where number.utf8.allSatisfy({ $0 < 0x80 }) {
                let reply = try await api.send(
                    .patch, "/api/alice/tasks/1", token: token, body: ["title": "b"],
                    headers: [.ifMatch: "\"\(number)\""])
                #expect(reply.status == 412, "\(number): \(reply.text)")
            }
            let rows = ExtremeNumbers.all.map { "a,\($0),\($0),\($0)" }.joined(separator: "\n")
            let reply = try await api.send(
                .post, "/api/alice/tasks/import", token: token, raw: "title,id,version,due_at\n" + rows,
                headers: [.contentType: "text/csv"])
            #expect(reply.status == 200 && reply.json?["imported"] == 0, "\(reply.text)")
        }
    }
}
