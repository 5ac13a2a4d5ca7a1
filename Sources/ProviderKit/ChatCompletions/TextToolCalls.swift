import JSON
import Text

/// Tool calls that a model wrote as text, in the notations known from training data.
///
///     <function=add_task>{"title": "buy milk"}</function>
///     <function=add_task={"title": "buy milk"}</function>
///     <tool_call>{"name": "add_task", "arguments": {"title": "buy milk"}}</tool_call>
///     {"name": "add_task", "arguments": {"title": "buy milk"}}      also in a fence, in <tools>, in an array, one a line
enum TextToolCalls {
    struct Call: Hashable {
        let name: String
        let arguments: JSONObject
    }

    private static let functionStart = "<function="
    private static let functionEnd = "</function>"
    private static let callStart = "<tool_call>"
    private static let callEnd = "</tool_call>"
    private static let toolsStart = "<tools>"
    private static let toolsEnd = "</tools>"
    private static let fence = "```"

    /// The number of bytes that decide whether a text can consist of calls.
    static let longestStart = 256

    /// The maximum number of calls in a text; one with more is not treated as calls.
    private static let mostCalls = 64

    /// Returns whether text that begins like this can consist of calls. Checks only the first bytes.
    static func mayBegin(with text: String) -> Bool {
        // Bounds the white space that is skipped.
        let start = text.utf8.prefix(longestStart)
        guard let first = start.firstIndex(where: { !isBlank($0) }) else { return start.count < longestStart }
        let rest = text.utf8[first...]
        return [functionStart, callStart, toolsStart, fence, "{", "["].contains { word in
            zip(word.utf8, rest).allSatisfy { $0 == $1 }
        }
    }

    /// Parses a text that consists of calls only; nil when it contains anything else.
    ///
    /// - Parameter tools: The names of the offered tools, which JSON without a tag must name.
    static func parse(_ text: String, tools: Set<String>) -> [Call]? {
        let bytes = Array(text.utf8)
        if let calls = parse(bytes) { return calls }
        guard let calls = bare(bytes), calls.allSatisfy({ tools.contains($0.name) }) else { return nil }
        return calls
    }

    /// Parses JSON without a tag of its own for each call: bare, in a fence, or in `<tools>`.
    private static func bare(_ text: [UInt8]) -> [Call]? {
        var body = trimmed(text[...])
        for (start, end) in [(toolsStart, toolsEnd), (fence, fence)] where body.starts(with: start.utf8) {
            guard body.reversed().starts(with: end.utf8.reversed()), body.count >= start.utf8.count + end.utf8.count
            else { return nil }
            body = trimmed(body.dropFirst(start.utf8.count).dropLast(end.utf8.count))
            if body.starts(with: "json".utf8) { body = trimmed(body.dropFirst(4)) }
        }
        return values(body).flatMap(calls)
    }

    /// Reads values that are calls, or lists of them; nil when anything else is among them.
    private static func calls(_ values: [JSONValue]) -> [Call]? {
        let elements = values.flatMap { $0["tool_calls"]?.array ?? $0.array ?? [$0] }
        guard elements.count <= mostCalls else { return nil }
        let calls = elements.compactMap(call)
        return calls.isEmpty || calls.count < elements.count ? nil : calls
    }

    /// Reads one JSON value, also in doubled braces as a template's model writes it, or one value a line.
    private static func values(_ text: [UInt8]) -> [JSONValue]? {
        if let value = value(text) { return [value] }
        if text.starts(with: "{{".utf8), text.reversed().starts(with: "}}".utf8) {
            return value(Array(text.dropFirst().dropLast())).map { [$0] }
        }
        let lines = text.split(separator: UInt8(ascii: "\n")).map { trimmed($0) }.filter { !$0.isEmpty }
        guard (2...mostCalls).contains(lines.count) else { return nil }
        let values = lines.compactMap(value)
        return values.count == lines.count ? values : nil
    }

    /// Parses text in which a server failed to parse calls: the start or end may be missing, and JSON may be bare or in
    /// a fence.
    static func parse(failed text: String) -> [Call]? {
        let text = trimmed(Array(text.utf8)[...])
        if let calls = parse(text) ?? parse(text + functionEnd.utf8) ?? parse(functionStart.utf8 + text) {
            return calls
        }
        var body = range(of: fence, in: text[...]).map { text[$0.upperBound...] } ?? text[...]
        if body.starts(with: "json".utf8) { body = body.dropFirst(4) }
        let json = trimmed(range(of: fence, in: body).map { body[..<$0.lowerBound] } ?? body)
        return value(json).flatMap { calls([$0]) }
    }

    private static func parse(_ text: [UInt8]) -> [Call]? {
        var rest = text[...]
        var calls: [Call] = []
        while true {
            rest = rest.drop(while: isBlank)
            if rest.isEmpty { return calls.isEmpty ? nil : calls }
            guard calls.count < mostCalls, let call = function(&rest) ?? toolCall(&rest) else { return nil }
            calls.append(call)
        }
    }

    private static func function(_ text: inout ArraySlice<UInt8>) -> Call? {
        guard let body = element(&text, functionStart, functionEnd),
            let end = body.firstIndex(where: { $0 == UInt8(ascii: "{") || isMark($0) })
        else { return nil }
        let name = String(decoding: trimmed(body[..<end]), as: UTF8.self)
        guard isName(name), let arguments = value(trimmed(body[end...].drop(while: isMark)))?.object else { return nil }
        return Call(name: name, arguments: arguments)
    }

    /// Returns whether the byte may separate the name of a function from its arguments.
    private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ">") || byte == UInt8(ascii: "=") }

    private static func toolCall(_ text: inout ArraySlice<UInt8>) -> Call? {
        element(&text, callStart, callEnd).flatMap { value(trimmed($0)) }.flatMap(call)
    }

    /// Reads a call as JSON, in OpenAI's form or a shorter one.
    private static func call(_ json: JSONValue) -> Call? {
        let json = json["function"] ?? json
        guard let name = json["name"]?.string, isName(name) else { return nil }
        switch json["arguments"] ?? json["parameters"] ?? [:] {
        case .object(let arguments): return Call(name: name, arguments: arguments)
        case .string(let text): return value(Array(text.utf8))?.object.map { Call(name: name, arguments: $0) }
        default: return nil
        }
    }

    private static func element(_ text: inout ArraySlice<UInt8>, _ start: String, _ end: String) -> ArraySlice<UInt8>? {
        guard text.starts(with: start.utf8), let range = range(of: end, in: text) else { return nil }
        let body = text[..<range.lowerBound].dropFirst(start.utf8.count)
        text = text[range.upperBound...]
        return body
    }

    private static func range(of word: String, in text: ArraySlice<UInt8>) -> Range<Int>? {
        let word = Array(word.utf8)
        let last = text.endIndex - word.count
        return text.indices.first {
            $0 <= last && text[$0] == word[0] && text[$0..<$0 + word.count].elementsEqual(word)
        }
        .map { $0..<$0 + word.count }
    }

    private static func value(_ json: [UInt8]) -> JSONValue? { try? JSONParser.parse(bytes: json) }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return Array(text)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
    }
}
