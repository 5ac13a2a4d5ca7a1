import JSON
import ProviderKit

/// The tools offered by the request, and the arguments they accept.
struct OfferedTools {
    private let tools: [String: JSONObject]

    init(_ definitions: [ToolDefinition]) {
        tools = Dictionary(definitions.map { ($0.name, $0.parameters) }) { first, _ in first }
    }

    func offers(_ tool: ToolName) -> Bool { tools[tool.rawValue] != nil }

    /// Returns whether the tool's schema has the argument; a schema without properties accepts all.
    func takes(_ tool: ToolName, _ argument: String) -> Bool {
        guard let properties = tools[tool.rawValue]?["properties"]?.object, !properties.isEmpty else { return true }
        return properties[argument] != nil
    }

    /// Returns the arguments that the tool accepts.
    func arguments(_ tool: ToolName, _ arguments: JSONObject) -> JSONObject {
        JSONObject(arguments.members.filter { takes(tool, $0.name) }.map { ($0.name, $0.value) })
    }

    /// Returns the maximum number of tasks in a list.
    func limit(_ tool: ToolName) -> Int {
        let maximum = tools[tool.rawValue]?["properties"]?["limit"]?["maximum"]?.integer
        return min(maximum ?? 100, 100)
    }
}

/// The tools that this adapter can use.
enum ToolName: String, Sendable, CaseIterable {
    case add = "add_task"
    case list = "list_tasks"
    case get = "get_task"
    case update = "update_task"
    case complete = "complete_task"
    case delete = "delete_task"
    case search = "search_tasks"
    case bulk = "bulk_update_tasks"
    case undo

    /// Whether an equal call changes nothing more.
    var isIdempotent: Bool { [.complete, .delete, .update, .bulk].contains(self) }
    var changesTasks: Bool { ![.list, .get, .search].contains(self) }
}
