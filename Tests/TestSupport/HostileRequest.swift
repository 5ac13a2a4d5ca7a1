import JSON

/// A request that costs a server as much as its limits allow.
package struct HostileRequest: Sendable {
    /// The name, unique within its route.
    package let name: String
    package let method: String
    /// The path below `/api/{user_id}`, with the query string.
    package let target: String
    package var type: String
    package var headers: [(String, String)]
    package var body: String

    init(
        _ name: String, _ method: String, _ target: String, type: String = "application/json",
        headers: [(String, String)] = [], body: String = ""
    ) {
        self.name = name
        self.method = method
        self.target = target
        self.type = type
        self.headers = headers
        self.body = body
    }
}

extension HostileRequest {
    /// Returns the worst requests for a route, by its method and its path in the OpenAPI document; nil for an unknown
    /// route.
    ///
    /// They expect a user with recurring tasks 1 to 1,000 and at least one conversation.
    package static func all(_ method: String, _ path: String) -> [HostileRequest]? {
        let route = "\(method) \(path)"
        switch route {
        case "POST /chat":
            return bodies("POST", "/chat")
                + HostileText.all(5000).map { json("chat: \($0.name)", "POST", "/chat", ["message": .string($0.text)]) }
        case "GET /conversations": return queries("/conversations", texts: ["search"])
        case "GET /conversations/{id}/messages": return queries("/conversations/1/messages", texts: [])
        case "PATCH /conversations/{id}":
            return bodies("PATCH", "/conversations/1")
                + HostileText.all(200).map {
                    json("title: \($0.name)", "PATCH", "/conversations/1", ["title": .string($0.text)])
                }
        case "DELETE /conversations/{id}": return headersOnly("DELETE", "/conversations/999999")
        case "GET /tasks":
            return queries("/tasks", texts: ["search", "tag"])
                + [
                    HostileRequest(
                        "many tags", "GET",
                        "/tasks?" + (0..<20).map { "tag=tag\($0)" }.joined(separator: "&") + "&search=x+y+z+w&limit=100"
                    ),
                    HostileRequest("a large page", "GET", "/tasks?limit=100&sort=-title"),
                ]
        case "POST /tasks": return bodies("POST", "/tasks") + tasks("POST", "/tasks")
        case "GET /tasks/{id}": return headersOnly("GET", "/tasks/1")
        case "PUT /tasks/{id}": return bodies("PUT", "/tasks/1") + tasks("PUT", "/tasks/1")
        case "PATCH /tasks/{id}":
            return bodies("PATCH", "/tasks/1", type: "application/merge-patch+json") + tasks("PATCH", "/tasks/1")
        case "DELETE /tasks/{id}": return headersOnly("DELETE", "/tasks/1")
        case "PATCH /tasks/{id}/complete":
            return bodies("PATCH", "/tasks/2/complete") + [
                HostileRequest("a rare repetition", "PATCH", "/tasks/3/complete")
            ]
        case "POST /tasks/bulk":
            return bodies("POST", "/tasks/bulk")
                + [
                    bulk("set_priority", of: 4...1000, extra: #","priority":"high""#),
                    bulk("complete", of: 4...1000), bulk("reopen", of: 4...1000), bulk("delete", of: 4...1000),
                    HostileRequest(
                        "unknown ids", "POST", "/tasks/bulk",
                        body:
                            #"{"action":"delete","ids":[\#((100_000..<101_000).map(String.init).joined(separator: ","))]}"#
                    ),
                ]
        case "GET /tasks/statistics": return headersOnly("GET", "/tasks/statistics")
        case "GET /tasks/export":
            return ["json", "csv", "ics"].map { HostileRequest($0, "GET", "/tasks/export?format=\($0)") }
        case "POST /tasks/import": return imports
        case "GET /changes":
            return queries("/changes", texts: []) + [HostileRequest("a large page", "GET", "/changes?limit=100")]
        case "POST /undo":
            return bodies("POST", "/undo") + [HostileRequest("the last change", "POST", "/undo", body: "{}")]
        default: return nil
        }
    }

    private static func json(_ name: String, _ method: String, _ target: String, _ body: JSONValue) -> HostileRequest {
        HostileRequest(name, method, target, body: body.text)
    }

    /// Returns bodies that no route accepts, up to the 64 KB of a JSON body.
    private static func bodies(_ method: String, _ target: String, type: String = "application/json")
        -> [HostileRequest]
    {
        let size = 64_000
        func repeated(_ piece: String, _ length: Int = size) -> String {
            String(repeating: piece, count: length / piece.utf8.count)
        }
        let tower = "a" + String(repeating: "\u{301}", count: 30)
        return [
            ("deep arrays", repeated("[", 31_000) + repeated("]", 31_000)),
            ("deep objects", repeated(#"{"a":"#, 60_000)),
            (
                "depth at the limit",
                #"{"title":"# + String(repeating: "[", count: 30) + String(repeating: "]", count: 30) + "}"
            ),
            ("wide object", "{" + (0..<6000).map { #""m\#($0)":1"# }.joined(separator: ",") + "}"),
            ("member names of marks", "{" + (0..<900).map { #""\#(tower)\#($0)":1"# }.joined(separator: ",") + "}"),
            ("one name of marks", #"{"\#(repeated("\u{301}"))":1}"#),
            ("repeated members", "{" + repeated(#""title":"a","#) + #""title":"a"}"#),
            ("wide array", #"{"ids":["# + repeated("1,") + "1]}"),
            ("a long number", #"{"title":\#(repeated("1"))}"#),
            ("a long fraction", #"{"title":0.\#(repeated("1"))}"#),
            ("a long exponent", #"{"title":1e\#(repeated("9"))}"#),
            ("escapes", #"{"title":"\#(repeated(#"\u0301"#))"}"#),
            ("spaces", repeated(" ")),
            ("a long string", #"{"title":"\#(repeated("x"))"}"#),
            ("tags", #"{"title":"a","tags":[\#(repeated(#""x","#))"x"]}"#),
        ].map { HostileRequest($0.0, method, target, type: type, body: $0.1) }
    }

    private static func tasks(_ method: String, _ target: String) -> [HostileRequest] {
        let rule = "FREQ=DAILY;BYDAY=" + Array(repeating: "MO,TU,WE,TH,FR,SA,SU", count: 1200).joined(separator: ",")
        let rules = [
            rule, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
            "FREQ=YEARLY;INTERVAL=9223372036854775807", "FREQ=DAILY;COUNT=9223372036854775807",
            "FREQ=WEEKLY;UNTIL=99991231T235959Z;BYDAY=MO", "FREQ=MONTHLY;BYDAY=5MO,5TU,-5WE",
        ]
        return HostileText.all(200).map { json("title: \($0.name)", method, target, ["title": .string($0.text)]) }
            + HostileText.all(1000).map {
                json("description: \($0.name)", method, target, ["title": "a", "description": .string($0.text)])
            }
            + HostileText.all(50).map { text in
                let tags = (0..<20).map { JSONValue.string(String(text.text.prefix(46)) + "\($0)") }
                return json("tags: \(text.name)", method, target, ["title": "a", "tags": .array(tags)])
            }
            + rules.map {
                json(
                    "rule: \($0.prefix(60))", method, target,
                    ["title": "a", "due_at": "2026-01-01T10:00:00Z", "recurrence": .string($0)])
            }
    }

    private static func bulk(_ action: String, of ids: ClosedRange<Int>, extra: String = "") -> HostileRequest {
        HostileRequest(
            action, "POST", "/tasks/bulk",
            body: #"{"action":"\#(action)","ids":[\#(ids.map(String.init).joined(separator: ","))]\#(extra)}"#)
    }

    private static func queries(_ path: String, texts: [String]) -> [HostileRequest] {
        let encoded = HostileText.all(200).map { ($0.name, percentEncoded($0.text)) }
        let cursor = String(repeating: "A", count: 4000)
        return texts.flatMap { key in encoded.map { HostileRequest("\(key): \($0.0)", "GET", "\(path)?\(key)=\($0.1)") }
        }
            + [
                HostileRequest("a long cursor", "GET", "\(path)?cursor=\(cursor)"),
                HostileRequest(
                    "many parameters", "GET", "\(path)?" + Array(repeating: "a=1", count: 1000).joined(separator: "&")),
                HostileRequest("percent signs", "GET", "\(path)?limit=" + String(repeating: "%31", count: 1300)),
            ] + headersOnly("GET", path)
    }

    private static func headersOnly(_ method: String, _ path: String) -> [HostileRequest] {
        let marks = String(repeating: "\u{301}", count: 1900)
        return [
            ("Origin", "https://\(marks)"), ("If-Match", String(repeating: #""1","#, count: 900)), ("Accept", marks),
            ("Content-Type", "application/\(marks)"), ("X-Request-Id", marks), ("Idempotency-Key", marks),
        ].map { HostileRequest("header \($0.0)", method, path, headers: [$0]) }
            + [HostileRequest("plain", method, path)]
    }

    /// Imports of up to 1 MB.
    private static var imports: [HostileRequest] {
        let size = 1_000_000
        func csv(_ name: String, _ header: String, _ row: String) -> HostileRequest {
            HostileRequest(
                name, "POST", "/tasks/import", type: "text/csv",
                body: header + "\n" + String(repeating: row + "\n", count: size / (row.utf8.count + 1)))
        }
        let tower = "a" + String(repeating: "\u{301}", count: 30)
        return [
            csv("empty rows", "title", "\u{1}"), csv("short rows", "title", "a"),
            csv("quotation marks", "title", #""""""""""#), csv("an open quotation mark", "title", #""a,b"#),
            csv("commas", "title", String(repeating: ",", count: 1000)),
            csv("towers", "title,tags", "\(tower),\(tower)"),
            csv("rules", "title,due_at,recurrence", "a,2026-01-01T10:00:00Z,FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
            HostileRequest(
                "objects", "POST", "/tasks/import",
                body: "[" + Array(repeating: #"{"title":"a"}"#, count: 60_000).joined(separator: ",") + "]"),
            HostileRequest(
                "arrays", "POST", "/tasks/import",
                body: "[" + Array(repeating: "[]", count: 300_000).joined(separator: ",") + "]"),
            HostileRequest("depth", "POST", "/tasks/import", body: String(repeating: "[", count: size)),
        ]
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
