import JSON
import Text

/// The error object of a provider's answer, in any of the known forms.
struct ProviderErrorBody: Sendable {
    /// The codes, types and states of the error, most specific first.
    private(set) var words: [String] = []
    /// The code as a number, if it can be an HTTP status.
    private(set) var status: Int?
    private(set) var message = ""
    /// The requested delay, if the object contains one.
    private(set) var retryAfter: Duration?
    /// Header fields that a router copied into its error object.
    private(set) var headers = ProviderHeaders()
    /// Whether a router reports that a retry may succeed.
    private(set) var isRetryable: Bool?
    /// Whether a moderation filter was triggered.
    private(set) var isModeration = false

    /// The maximum length of a message in bytes, because it is searched for every phrase.
    static let longestMessage = 4000
    /// The maximum number of distinct words.
    private static let mostWords = 16
    private static let mostDetails = 32

    /// The model's output that its server could not parse as a tool call (Groq).
    private(set) var failedGeneration: String?

    /// Returns nil when `value` contains no error.
    init?(_ value: JSONValue) {
        let value = value.array?.first ?? value
        guard Self.mayBe(value) else { return nil }
        switch value["error"] ?? value["errors"]?.array?.first {
        case .object(let error) where !error.isEmpty: read(error)
        case .string(let text) where !text.isEmpty:
            set(message: text)
            add(value["code"])
        default:
            if let text = value["x_groq"]?["error"]?.string {
                // Groq reports here why a stream ends early.
                set(message: text)
            } else {
                guard let object = value.object, Self.isError(object) else { return nil }
                read(object)
            }
        }
        if message.isEmpty, let text = value["message"]?.string { set(message: text) }
    }

    private mutating func set(message text: String) { message = text.prefix(bytes: Self.longestMessage) }

    /// Returns whether a value can be an error; a fast check, because almost no part of an answer is one.
    private static func mayBe(_ value: JSONValue) -> Bool {
        guard let object = value.object else { return false }
        return object["error"] != nil || object["errors"] != nil || object["x_groq"] != nil || isError(object)
    }

    /// Returns whether an object is an error without a member named `error`.
    private static func isError(_ object: JSONObject) -> Bool {
        if object["error"] == true || object["object"] == "error" || object["type"] == "error" { return true }
        let code = object["code"]?.integer ?? object["status"]?.integer ?? 0
        return (400..<600).contains(code) && object["message"]?.string != nil && object["choices"] == nil
    }

    /// Reads the error object itself.
    init(object: JSONObject) { read(object) }

    private mutating func read(_ error: JSONObject) {
        let metadata = error["metadata"]?.object
        add(metadata?["error_type"])
        if let availability = error["availability"]?.object {
            add(availability["code"])
            isRetryable = availability["retryable"]?.bool
            retryAfter = RetryDelay.seconds(availability["retry_after"]?.number)
        }
        add(error["details"]?["error_code"])
        add(error["code"])
        add(error["type"])
        for detail in (error["details"]?.array ?? []).prefix(Self.mostDetails) {
            add(detail["reason"])
            if let delay = detail["retryDelay"]?.string { retryAfter = retryAfter ?? RetryDelay.duration(delay) }
        }
        add(error["status"])
        add(metadata?["limit_source"])
        failedGeneration = error["failed_generation"]?.string
        set(message: error["message"]?.string ?? error["msg"]?.string ?? "")
        isModeration = metadata?["flagged_input"] != nil || metadata?["reasons"]?.array?.isEmpty == false
        if let fields = metadata?["headers"]?.object {
            headers = ProviderHeaders(
                fields.members.prefix(Self.mostDetails).compactMap { member in
                    member.value.string.map { (member.name, $0) }
                })
        }
        if let raw = metadata?["raw"] { read(raw: raw) }
    }

    /// Reads the error of the provider behind a router: text, JSON in text, or an object.
    private mutating func read(raw: JSONValue) {
        var raw = raw
        if let text = raw.string {
            guard let parsed = try? JSONParser.parse(text) else { return set(message: text) }
            raw = parsed
        }
        guard let object = raw.array?.first?.object ?? raw.object else { return }
        var inner = ProviderErrorBody(object: object["error"]?.object ?? object)
        if inner.message.isEmpty { inner.set(message: object["message"]?.string ?? "") }
        words = Array((words + inner.words).prefix(Self.mostWords))
        if !inner.message.isEmpty { message = inner.message }
        retryAfter = retryAfter ?? inner.retryAfter
    }

    private mutating func add(_ value: JSONValue?) {
        switch value {
        case .integer(let code):
            if status == nil, (400..<600).contains(code) { status = code }
        case .string(let word):
            if let code = Int(word) { return add(.integer(code)) }
            guard !word.isEmpty, words.count < Self.mostWords else { return }
            words.append(word.printable(limit: 64).lowercasedASCII)
        default: break
        }
    }
}
