import JSON

extension ToolCallAssembler {
    /// An element of `tool_calls`, with the differences between servers removed.
    struct Piece {
        let id: String?
        let index: Int?
        let name: String?
        let arguments: String

        init(_ delta: JSONObject) {
            let function = delta["function"]?.object ?? delta
            let id = delta["id"]?.string ?? delta["id"]?.integer.map(String.init)
            self.id = id.flatMap { $0.isEmpty ? nil : $0 }
            index = delta["index"]?.integer ?? delta["index"]?.string.flatMap { Int($0) }
            name = function["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            switch function["arguments"] {
            case nil, .null: arguments = ""
            case .string(let text): arguments = text
            // Sorted, so that the history is the same each time it is sent.
            case .some(let value): arguments = value.canonical.text
            }
        }

        var beginsObject: Bool {
            arguments.utf8.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "{")
        }
    }
}
