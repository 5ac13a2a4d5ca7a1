import JSON

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
            var stepCalls: [StepCall] = []
            for call in calls { stepCalls.append(try StepCall(stored: call)) }
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

extension StepCall {
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
