import JSON
import ProviderKit
import TodoStore

struct SearchTasksTool: Tool {
    let changesTasks = false

    let definition = ToolDefinition(
        name: "search_tasks",
        description: "Find tasks by words",
        parameters: JSONSchema.arguments(
            [
                "query": JSONSchema.string("Words to look for.", maxLength: 200),
                "limit": JSONSchema.integer("How many at the most; default 50.", in: 1...100),
            ], required: ["query"]))

    func run(_ arguments: inout FieldReader, in context: ToolContext) throws -> JSONValue {
        let words = arguments.requiredText("query", .search) ?? ""
        let limit = arguments.limit()
        try arguments.finish()
        let found = try context.transaction.todos(TodoQuery(search: words, limit: 100)).items
        // A title that begins with the words is meant more often than one that has them somewhere.
        let needle = Array(words.folded.utf8)
        func rank(_ todo: Todo) -> Int {
            let title = Array(todo.title.folded.utf8)
            guard let place = title.firstRange(of: needle)?.lowerBound else { return 3 }
            return place > 0 ? 2 : title.count > needle.count ? 1 : 0
        }
        let ranked = found.map { (rank: rank($0), todo: $0) }.sorted { ($0.rank, $0.todo.id) < ($1.rank, $1.todo.id) }
        return .array(ranked.prefix(limit).map(\.todo.json))
    }
}
