import JSON
import ProviderKit
import TodoStore

struct UndoTool: Tool {
    let definition = ToolDefinition(
        name: "undo",
        description: "Take back the last changes",
        parameters: JSONSchema.arguments([
            "change_id": JSONSchema.integer(
                "One change; without it all changes of the last request. undone_by of a result takes an undo back.",
                in: ItemID.range)
        ]))

    /// The number of changes that the result lists.
    private static let told = 50

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let id = arguments.id("change_id")
        try arguments.finish()
        let target = id.map(UndoTarget.change) ?? .lastTurn(excluding: context.origin.turnID)
        do {
            let undone = try context.transaction.undo(target, origin: context.origin)
            return ["undone": .array(undone.prefix(Self.told).map(\.json))]
        } catch StoreError.notFound(.change) {
            throw ToolFailure(
                code: "not_found",
                message: id.map { "There is no change \($0) to undo." } ?? "There is nothing to undo.")
        } catch StoreError.alreadyUndone(let undo) {
            throw ToolFailure(code: "conflict", message: "This was undone already, by change \(undo).")
        } catch StoreError.changedSince(let differences) {
            let fields = differences.prefix(5).map { "\($0.field) of task \($0.taskID)" }.joined(separator: ", ")
            throw ToolFailure(code: "conflict", message: "It was changed since: \(fields). Nothing was undone.")
        }
    }
}
