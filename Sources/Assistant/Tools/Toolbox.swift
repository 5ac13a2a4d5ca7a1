import JSON
import ProviderKit
import TodoStore

/// The tools that a model is offered, and the one way in which its calls are run.
struct Toolbox: Sendable {
    let tools: [any Tool]
    let definitions: [ToolDefinition]
    private let byName: [String: any Tool]

    static let standard = Toolbox([
        AddTaskTool(), ListTasksTool(), GetTaskTool(), UpdateTaskTool(), CompleteTaskTool(), DeleteTaskTool(),
        SearchTasksTool(), BulkUpdateTasksTool(), UndoTool(),
    ])

    init(_ tools: [any Tool]) {
        self.tools = tools
        definitions = tools.map(\.definition)
        byName = Dictionary(uniqueKeysWithValues: tools.map { ($0.definition.name, $0) })
    }

    /// Runs one call in an open transaction.
    /// - Throws: `ToolFailure` for what the model is told of; others end the turn.
    func run(_ call: StepCall, in context: ToolContext) throws -> JSONValue {
        guard let tool = byName[call.name] else {
            let names = byName.keys.sorted().joined(separator: ", ")
            throw ToolFailure(code: "unknown_tool", message: "There is no such tool; there are \(names).")
        }
        var arguments = FieldReader(call.arguments)
        do {
            return try tool.run(&arguments, in: context)
        } catch let errors as FieldErrors {
            throw ToolFailure(code: "validation_failed", message: errors.description)
        } catch StoreError.notFound(let item) {
            throw ToolFailure(code: "not_found", message: "There is no such \(item.rawValue).")
        } catch StoreError.quotaExceeded(let quota) {
            throw ToolFailure(code: "quota_exceeded", message: "There is no room for more \(quota.rawValue).")
        }
    }
}
