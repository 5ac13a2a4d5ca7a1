import JSON
import Text

extension ToolCallAssembler {
    /// The arguments of one call: an object, or why they are none.
    struct Arguments {
        var object: JSONObject
        var defect: String?
        /// Equal for equal arguments.
        var identity: String

        static let empty = Arguments(object: JSONObject(), defect: nil, identity: "{}")
    }

    /// Reads the text of one slot: one call, or as many as objects are glued together there.
    static func arguments(of text: JSONObjectSplitter) throws(ProviderError) -> [Arguments] {
        let rest = String(decoding: text.rest, as: UTF8.self)
        if text.rest.first == UInt8(ascii: "{") {
            throw ProviderError(.truncated, "the arguments of a tool call stop in the middle")
        }
        if text.objects.isEmpty {
            // The longest text that is nothing but `null`, with white space after it: more is something else.
            let word = rest.prefix(bytes: 64).trimmingSuffix { $0.isWhitespace }
            let isNothing = text.rest.count < 64 && (word.isEmpty || word.equalsBytes(of: "null"))
            return isNothing ? [.empty] : [.defective(rest)]
        }
        // Something after the last object makes it doubtful where the arguments end.
        if !rest.isEmpty { return [.defective(text.objects.joined() + rest)] }
        // An empty object beside others is where a server put them before it knew them.
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
