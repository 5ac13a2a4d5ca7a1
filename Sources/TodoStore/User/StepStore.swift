import GRDB
import JSON

/// The steps of turns, as JSON in their rows.
enum StepStore {
    static func steps(_ database: Database, turn: Int) throws -> [TurnStep] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT body FROM step WHERE turn_id = ? ORDER BY position"),
            arguments: [turn]
        ).map(decode)
    }

    /// The stored answer of a call.
    static func tool(_ database: Database, turn: Int, callIndex: Int) throws -> TurnStep? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT body FROM step WHERE turn_id = ? AND call_index = ?"),
            arguments: [turn, callIndex]
        ).map(decode)
    }

    /// False when the call has its answer already.
    /// - Throws: `StoreError.quotaExceeded(.bytes)` for a step that is too large ever to be read again.
    static func append(_ database: Database, turn: Int, _ step: TurnStep) throws -> Bool {
        var callIndex: Int?
        if case .tool(let index, _, _, _) = step { callIndex = index }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO step (turn_id, position, call_index, body)
                SELECT ?1, ifnull(max(position), 0) + 1, ?2, ?3 FROM step WHERE turn_id = ?1
                ON CONFLICT DO NOTHING
                """)
        let body = encode(step).text
        guard StoredJSON.isReadable(body) else { throw StoreError.quotaExceeded(.bytes) }
        try statement.execute(arguments: [turn, callIndex, body])
        return database.changesCount == 1
    }

    private static func encode(_ step: TurnStep) -> JSONValue {
        switch step {
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

    static func decode(_ body: String) throws -> TurnStep {
        let value = try StoredJSON.parse(body)
        if let content = value["content"]?.string, let calls = value["calls"]?.array,
            let provider = value["provider"]?.string
        {
            return .model(
                content: content, calls: try calls.map(decodeCall), provider: provider,
                opaque: value.present("opaque"))
        }
        guard let callIndex = value["call_index"]?.integer, let callID = value["call_id"]?.string,
            let tool = value["tool"]?.string, let result = value["result"]
        else { throw StoreError.corrupt }
        return .tool(callIndex: callIndex, callID: callID, tool: tool, result: result)
    }

    private static func decodeCall(_ value: JSONValue) throws -> StepCall {
        guard let id = value["id"]?.string, let name = value["name"]?.string,
            let arguments = value["arguments"]?.object
        else { throw StoreError.corrupt }
        return StepCall(
            id: id, name: name, arguments: arguments, opaque: value.present("opaque"))
    }
}

extension JSONValue {
    /// The member, unless it is null. (A plain `nil` would be read as the literal of JSON's null.)
    fileprivate func present(_ key: String) -> JSONValue? {
        guard let value = self[key], !value.isNull else { return Optional.none }
        return value
    }
}
