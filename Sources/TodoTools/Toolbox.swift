package import JSON
package import ProviderKit
import TodoStore

/// The tools that callers are offered, by name.
package struct Toolbox: Sendable {
    /// The tools with all rules for their arguments.
    package let definitions: [ToolDefinition]
    /// The tools for a model, which pays for each word in every request; the tools themselves check the arguments.
    ///
    /// With the system prompt 900 tokens at most; measured with Qwen2.5's tokenizer by `make models`.
    package let briefDefinitions: [ToolDefinition]
    private let byName: [String: any Tool]

    package static let standard = Toolbox([
        AddTaskTool(), ListTasksTool(), GetTaskTool(), UpdateTaskTool(), CompleteTaskTool(), DeleteTaskTool(),
        SearchTasksTool(), BulkUpdateTasksTool(), UndoTool(),
    ])

    package init(_ tools: [any Tool]) {
        definitions = tools.map(\.definition)
        briefDefinitions = BriefSchema.definitions(of: definitions)
        byName = Dictionary(uniqueKeysWithValues: tools.map { ($0.definition.name, $0) })
    }

    /// Whether a call of the tool may change tasks; false for a tool that does not exist.
    package func changesTasks(_ name: String) -> Bool { byName[name]?.changesTasks ?? false }

    /// Runs a tool in an open transaction.
    /// - Throws: `ToolFailure`, which is reported to the caller; other errors end the call.
    package func run(_ name: String, _ arguments: JSONObject, in context: ToolContext) throws -> JSONValue {
        guard let tool = byName[name] else {
            let names = byName.keys.sorted().joined(separator: ", ")
            throw ToolFailure(code: "unknown_tool", message: "There is no such tool; there are \(names).")
        }
        var arguments = FieldReader(
            try context.times.normalized(arguments, clears: name == "update_task"))
        do {
            return try tool.run(&arguments, in: context)
        } catch let errors as FieldErrors {
            throw ToolFailure(code: "validation_failed", message: errors.description)
        } catch StoreError.notFound(let item) {
            throw ToolFailure(code: "not_found", message: "There is no such \(item.rawValue).")
        } catch StoreError.quotaExceeded(let quota) {
            throw ToolFailure(code: "quota_exceeded", message: "The limit on \(quota.rawValue) is reached.")
        }
    }
}
