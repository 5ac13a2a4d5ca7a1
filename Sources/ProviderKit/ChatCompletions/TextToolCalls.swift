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
        let text = text.drop { $0.isWhitespace }
        return [functionStart, callStart].contains { $0.hasPrefix(text) || text.hasPrefix($0) }
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
        guard let body = element(&text, callStart, callEnd), let json = try? JSONParser.parse(body.trimmed),
            let name = json["name"]?.string, isName(name)
        else { return nil }
        let arguments = json["arguments"] ?? json["parameters"] ?? [:]
        guard let arguments = arguments.object else { return nil }
        return Call(name: name, arguments: arguments)
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
