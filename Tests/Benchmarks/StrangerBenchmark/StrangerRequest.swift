import Secrets
import TestSupport

/// A request that anyone can send.
struct StrangerRequest {
    let name: String
    let bytes: [UInt8]
    /// Whether the goal applies; it does not to requests with their own body.
    let isHostile: Bool

    private init(
        _ name: String, _ method: String = "GET", _ target: String = "/api/user-1/tasks",
        headers: [(String, String)] = [], parameters: [(String, String)] = [], body: [UInt8] = [],
        isHostile: Bool = true
    ) {
        self.name = name
        bytes = FastCGIRecords.request(method, target, headers: headers, body: body, parameters: parameters)
        self.isHostile = isHostile
    }

    /// - Parameter token: A valid token, of which some requests send parts.
    static func all(user: String, token: String) -> [StrangerRequest] {
        [StrangerRequest("nothing but the path", isHostile: false)] + origins + tokens(user, token) + fields + targets
    }

    /// The maximum length of a line with nginx's large_client_header_buffers.
    private static let line = 8000
    /// Almost the longest accepted path.
    private static let path = 500
    /// The longest value of a parameter.
    private static let value = 16_384

    private static func marks(_ bytes: Int) -> String { String(repeating: "\u{301}\u{316}", count: bytes / 4) }
    private static func letters(_ bytes: Int) -> String { String(repeating: "x", count: bytes) }

    private static let origins = [
        StrangerRequest("an origin of one tenant", headers: [("Origin", "https://todo-8.tenant-200.example")]),
        StrangerRequest("a long origin", headers: [("Origin", "https://" + letters(line))]),
        StrangerRequest("an origin of combining marks", headers: [("Origin", marks(line))]),
        StrangerRequest("the same as a preflight", "OPTIONS", headers: [("Origin", marks(line))]),
        StrangerRequest("the longest of them as a preflight", "OPTIONS", headers: [("Origin", marks(value))]),
    ]

    private static func tokens(_ user: String, _ token: String) -> [StrangerRequest] {
        let head = token.prefix { $0 != "." }
        let signature = "." + letters(43)
        func bearer(_ name: String, _ token: String) -> StrangerRequest {
            StrangerRequest(name, "GET", "/api/\(user)/tasks", headers: [("Authorization", "Bearer " + token)])
        }
        func header(_ name: String, _ json: String) -> StrangerRequest {
            bearer(name, Base64URL.encode(Array(json.utf8)) + ".e30" + signature)
        }
        let names = (0..<250).map { "\"\u{301}\u{316}\u{301}\u{316}\($0)\":0" }.joined(separator: ",")
        return [
            StrangerRequest("a scheme of combining marks", headers: [("Authorization", marks(line) + " x")]),
            bearer("a token of combining marks", marks(line)),
            bearer("a token of dots", String(repeating: ".", count: line)),
            bearer("a forged token of a real key", head + "." + letters(line) + signature),
            header("a token's header of many members", "{\(names)}"),
            header("two members of combining marks", "{\"\(marks(2800))a\":0,\"\(marks(2800))b\":0}"),
            header("an algorithm of combining marks", "{\"alg\":\"\(marks(5500))\"}"),
            header("a deep header", String(repeating: "[", count: 5500)),
            header("a header of escapes", "{\"a\":\"\(String(repeating: "\\n", count: 2700))\"}"),
        ]
    }

    private static let fields = [
        StrangerRequest("a host of combining marks", headers: [("Host", marks(line))]),
        StrangerRequest("a name of combining marks", headers: [(marks(120), "x")]),
        StrangerRequest("100 header fields", headers: (0..<100).map { ("X-Field-\($0)", "x") }),
        StrangerRequest(
            "100 header fields of one name", headers: (0..<100).map { _ in ("Origin", "https://x.example") }),
        StrangerRequest("100 long names", headers: (0..<100).map { ("X-" + letters(115) + "\($0)", "x") }),
        StrangerRequest("100 long parameters", parameters: (0..<100).map { (letters(124) + "\($0)", "x") }),
        StrangerRequest(
            "every byte that nginx takes", headers: (0..<4).map { ("X-Field-\($0)", letters(line)) }),
        StrangerRequest(
            "every byte that FastCGI takes", headers: (0..<3).map { ("X-Field-\($0)", letters(value)) }),
        StrangerRequest("the same of combining marks", headers: (0..<3).map { ("X-Field-\($0)", marks(value)) }),
        StrangerRequest(
            "all that is read after the token",
            headers: ["Accept", "Content-Type", "If-Match", "Idempotency-Key"].map { ($0, marks(line)) }),
        StrangerRequest("a method of combining marks", marks(line)),
    ]

    private static let targets = [
        StrangerRequest("a path of slashes", "GET", String(repeating: "/", count: line)),
        StrangerRequest("a path below a user of slashes", "GET", "/api/" + String(repeating: "/", count: line)),
        StrangerRequest("a path of combining marks", "GET", "/" + marks(line)),
        StrangerRequest("a user of combining marks", "GET", "/api/\(marks(line))/tasks"),
        StrangerRequest("the longest path", "GET", "/" + letters(path)),
        StrangerRequest("the longest path of slashes", "GET", String(repeating: "/", count: path)),
        StrangerRequest("the longest path of combining marks", "GET", "/" + marks(path)),
        StrangerRequest("the same below a user, of its methods", "OPTIONS", "/api/" + marks(path)),
        StrangerRequest("the longest user of combining marks", "GET", "/api/\(marks(path - 12))/tasks"),
        StrangerRequest("the longest query of letters", "GET", "/api/user-1/tasks?" + letters(value - 32)),
        StrangerRequest("a query of combining marks at nginx's limit", "GET", "/api/user-1/tasks?" + marks(line)),
        StrangerRequest(
            "a query of parameters", "GET", "/api/user-1/tasks?" + String(repeating: "a&", count: line / 2)),
        StrangerRequest("a query of combining marks", "GET", "/api/user-1/tasks?" + marks(value - 4)),
        StrangerRequest(
            "a body of 64 KB", "POST", "/api/user-1/tasks", headers: [("Content-Type", "application/json")],
            body: Array(repeating: UInt8(ascii: "["), count: 65_536)),
    ]
}
