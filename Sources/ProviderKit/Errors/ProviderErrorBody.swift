import JSON
import Text

/// The error object of a provider's answer, in any of the shapes that are in use.
struct ProviderErrorBody: Sendable {
    /// What names the error for programs: codes, types and states, the most telling first.
    private(set) var words: [String] = []
    /// The code as a number, where it can be an HTTP status.
    private(set) var status: Int?
    private(set) var message = ""
    /// How long to wait, where the object says so.
    private(set) var retryAfter: Duration?
    /// Header fields that a router copied into its error object.
    private(set) var headers = ProviderHeaders()
    /// Whether a router says that the same request may work later.
    private(set) var isRetryable: Bool?
    /// Whether a filter was hit.
    private(set) var isModeration = false

    /// Bytes of a message: what words it has is asked of all of them.
    static let longestMessage = 4000
    /// Of these each has its say once; a provider that sends more of them says nothing new.
    private static let mostWords = 16
    private static let mostDetails = 32

    /// What the model wrote where its server expected a tool call (Groq).
    private(set) var failedGeneration: String?

    /// Nil when `value` has no error in it.
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
                // Groq says here why a stream stops early.
                set(message: text)
            } else {
                guard let object = value.object, Self.isError(object) else { return nil }
                read(object)
            }
        }
        if message.isEmpty, let text = value["message"]?.string { set(message: text) }
    }

    private mutating func set(message text: String) { message = text.prefix(bytes: Self.longestMessage) }

    /// Whether a value has what an error has: nearly all of an answer has not.
    private static func mayBe(_ value: JSONValue) -> Bool {
        guard let object = value.object else { return false }
        return object["error"] != nil || object["errors"] != nil || object["x_groq"] != nil || isError(object)
    }

    /// Whether an object is an error without saying so in a member of that name.
    private static func isError(_ object: JSONObject) -> Bool {
        if object["error"] == true || object["object"] == "error" || object["type"] == "error" { return true }
        let code = object["code"]?.integer ?? object["status"]?.integer ?? 0
        return (400..<600).contains(code) && object["message"]?.string != nil && object["choices"] == nil
    }

    /// The error object itself.
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

    /// What the provider behind a router said, as text, as JSON in text, or as an object.
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
