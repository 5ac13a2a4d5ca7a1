import JSON

/// Tool calls that a model wrote as text, in the notations that its training left it with.
///
///     <function=add_task>{"title": "buy milk"}</function>
///     <function=add_task={"title": "buy milk"}</function>
///     <tool_call>{"name": "add_task", "arguments": {"title": "buy milk"}}</tool_call>
enum TextToolCalls {
    struct Call: Hashable {
        let name: String
        let arguments: JSONObject
    }

    private static let functionStart = "<function="
    private static let functionEnd = "</function>"
    private static let callStart = "<tool_call>"
    private static let callEnd = "</tool_call>"

    /// Whether text that begins like this may be calls.
    static func mayBegin(with text: String) -> Bool {
        // White space without an end begins nothing; and it would be looked through again with each piece.
        let start = text.prefix(256)
        let text = start.drop { $0.isWhitespace }
        return start.count < 256 && text.isEmpty
            || !text.isEmpty && [functionStart, callStart].contains { $0.hasPrefix(text) || text.hasPrefix($0) }
    }

    /// The calls that `text` is, and nothing else; nil when there is anything besides them.
    static func parse(_ text: String) -> [Call]? {
        var rest = text[...]
        var calls: [Call] = []
        while true {
            rest = rest.drop { $0.isWhitespace }
            if rest.isEmpty { return calls.isEmpty ? nil : calls }
            guard let call = function(&rest) ?? toolCall(&rest) else { return nil }
            calls.append(call)
        }
    }

    /// The calls in text that a server took for calls, too, and failed at: also without their beginning or end, and as
    /// JSON in a fence or alone.
    static func parse(failed text: String) -> [Call]? {
        let text = text[...].trimmed
        if let calls = parse(text) ?? parse(text + functionEnd) ?? parse(functionStart + text) { return calls }
        let fenced = text.firstRange(of: fence).map { String(text[$0.upperBound...]) } ?? text
        let body = fenced.hasPrefix("json") ? String(fenced.dropFirst(4)) : fenced
        let json = (body.firstRange(of: fence).map { body[..<$0.lowerBound] } ?? body[...]).trimmed
        guard let value = try? JSONParser.parse(json) else { return nil }
        let elements = value["tool_calls"]?.array ?? value.array ?? [value]
        let calls = elements.compactMap(call)
        return calls.isEmpty || calls.count < elements.count ? nil : calls
    }

    private static let fence = "```"

    private static func function(_ text: inout Substring) -> Call? {
        guard let body = element(&text, functionStart, functionEnd),
            let end = body.firstIndex(where: { $0 == ">" || $0 == "=" || $0 == "{" })
        else { return nil }
        let name = body[..<end].trimmed
        let json = body[end...].drop { $0 == ">" || $0 == "=" }
        guard isName(name), let arguments = try? JSONParser.parse(json.trimmed).object else { return nil }
        return Call(name: name, arguments: arguments)
    }

    private static func toolCall(_ text: inout Substring) -> Call? {
        guard let body = element(&text, callStart, callEnd), let json = try? JSONParser.parse(body.trimmed)
        else { return nil }
        return call(json)
    }

    /// A call as JSON, in OpenAI's shape or a shorter one.
    private static func call(_ json: JSONValue) -> Call? {
        let json = json["function"] ?? json
        guard let name = json["name"]?.string, isName(name) else { return nil }
        switch json["arguments"] ?? json["parameters"] ?? [:] {
        case .object(let arguments): return Call(name: name, arguments: arguments)
        case .string(let text):
            return (try? JSONParser.parse(text).object).map { Call(name: name, arguments: $0) }
        default: return nil
        }
    }

    private static func element(_ text: inout Substring, _ start: String, _ end: String) -> Substring? {
        guard text.hasPrefix(start), let range = text.firstRange(of: end) else { return nil }
        let body = text[..<range.lowerBound].dropFirst(start.count)
        text = text[range.upperBound...]
        return body
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains($0))
            }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
