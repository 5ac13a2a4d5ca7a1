import JSON
import Text

extension ToolCallAssembler {
    /// The arguments of one call: an object, or the reason why they are invalid.
    struct Arguments {
        var object: JSONObject
        var defect: String?
        /// A text that is equal for equal arguments.
        var identity: String

        static let empty = Arguments(object: JSONObject(), defect: nil, identity: "{}")
    }

    /// Parses the text of one slot: one call, or several if their objects were concatenated.
    static func arguments(of text: JSONObjectSplitter) throws(ProviderError) -> [Arguments] {
        let rest = String(decoding: text.rest, as: UTF8.self)
        if text.rest.first == UInt8(ascii: "{") {
            throw ProviderError(.truncated, "the arguments of a tool call are incomplete")
        }
        if text.objects.isEmpty {
            // The longest text accepted as `null` followed by white space.
            let word = rest.prefix(bytes: 64).trimmingSuffix { $0.isWhitespace }
            let isNothing = text.rest.count < 64 && (word.isEmpty || word.equalsBytes(of: "null"))
            return isNothing ? [.empty] : [.defective(rest)]
        }
        // Text after the last object makes the end of the arguments ambiguous.
        if !rest.isEmpty { return [.defective(text.objects.joined() + rest)] }
        // An empty object beside others was sent by a server before it had the arguments.
        let objects = text.objects.filter { !$0.equalsBytes(of: "{}") }
        return (objects.isEmpty ? text.objects : objects).map { text in
            do throws(JSONError) {
                guard let object = try JSONParser.parse(text).object else { return .defective(text) }
                return Arguments(object: object, defect: nil, identity: JSONValue.object(object).canonical.text)
            } catch {
                return .defective(text, error.description)
            }
        }
    }
}

extension ToolCallAssembler.Arguments {
    fileprivate static func defective(_ text: String, _ reason: String? = nil) -> Self {
        let reason = reason.map { ": \($0)" } ?? ""
        return Self(
            object: JSONObject(), defect: "The arguments of this call are not one JSON object\(reason).",
            identity: "not an object: \(text)")
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
