package import JSON

/// One step of a turn, in order: a message of the model, or the result of a tool.
package enum TurnStep: Sendable, Hashable {
    /// `opaque` is data that the same provider wants back with this message.
    case model(content: String, calls: [Call], provider: String, opaque: JSONValue?)
    /// `callIndex` counts the calls of the whole turn from 0, over all its model steps.
    case tool(callIndex: Int, callID: String, tool: String, result: JSONValue)

    /// A tool call that a model made.
    package struct Call: Sendable, Hashable {
        package let id: String
        package let name: String
        package let arguments: JSONObject
        /// Data that the same provider wants back with this call.
        package let opaque: JSONValue?

        package init(id: String, name: String, arguments: JSONObject, opaque: JSONValue? = nil) {
            self.id = id
            self.name = name
            self.arguments = arguments
            self.opaque = opaque
        }
    }
}

extension TurnStep {
    /// The index of the call that a tool answered.
    package var callIndex: Int? {
        if case .tool(let index, _, _, _) = self { index } else { nil }
    }

    /// The step as it is stored.
    var text: String { json.text }

    /// - Throws: `StoreError.corrupt` for a text that `text` did not write.
    package init(text: String) throws(StoreError) {
        let value = try StoredJSON.parse(text)
        if let content = value["content"]?.string, let calls = value["calls"]?.array,
            let provider = value["provider"]?.string
        {
            var stepCalls: [Call] = []
            for call in calls { stepCalls.append(try Call(stored: call)) }
            self = .model(content: content, calls: stepCalls, provider: provider, opaque: value.present("opaque"))
            return
        }
        guard let callIndex = value["call_index"]?.integer, let callID = value["call_id"]?.string,
            let tool = value["tool"]?.string, let result = value["result"]
        else { throw .corrupt }
        self = .tool(callIndex: callIndex, callID: callID, tool: tool, result: result)
    }

    private var json: JSONValue {
        switch self {
        case .model(let content, let calls, let provider, let opaque):
            [
                "content": .string(content), "provider": .string(provider), "opaque": opaque ?? .null,
                "calls": .array(
                    calls.map { call in
                        [
                            "id": .string(call.id), "name": .string(call.name), "arguments": .object(call.arguments),
                            "opaque": call.opaque ?? .null,
                        ]
                    }),
            ]
        case .tool(let callIndex, let callID, let tool, let result):
            [
                "call_index": .integer(callIndex), "call_id": .string(callID), "tool": .string(tool),
                "result": result,
            ]
        }
    }
}

extension TurnStep.Call {
    fileprivate init(stored value: JSONValue) throws(StoreError) {
        guard let id = value["id"]?.string, let name = value["name"]?.string,
            let arguments = value["arguments"]?.object
        else { throw .corrupt }
        self.init(id: id, name: name, arguments: arguments, opaque: value.present("opaque"))
    }
}

extension JSONValue {
    /// The member, unless it is null. (A plain `nil` would be read as the literal of JSON's null.)
    fileprivate func present(_ key: String) -> JSONValue? {
        guard let value = self[key], !value.isNull else { return Optional.none }
        return value
    }
}
