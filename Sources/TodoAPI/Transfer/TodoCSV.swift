import JSON
import TodoStore

/// Tasks as rows: one column for each member, tags parted by semicolons.
enum TodoCSV {
    static let columns = [
        "id", "title", "description", "completed", "priority", "tags", "due_at", "recurrence", "created_at",
        "updated_at",
        "completed_at", "version",
    ]

    static func cells(of todo: Todo) -> [String] {
        [
            String(todo.id), guarded(todo.title), guarded(todo.description ?? ""), String(todo.completed),
            todo.priority.rawValue, guarded(joined(todo.tags)), todo.dueAt?.rfc3339 ?? "", todo.recurrence ?? "",
            todo.createdAt.rfc3339, todo.updatedAt.rfc3339, todo.completedAt?.rfc3339 ?? "", String(todo.version),
        ]
    }

    /// A row as the JSON of a task, with members for the cells that are not empty.
    static func object(_ header: [String], _ cells: [String]) -> JSONObject {
        var object = JSONObject()
        for (name, cell) in zip(header, cells) where !cell.isEmpty {
            object[name] =
                switch name {
                case "tags": .array(split(unguarded(cell)).map(JSONValue.string))
                case "completed": ["true": true, "false": false][cell.lowercased()] ?? .string(cell)
                case "id", "version": Int(cell).map(JSONValue.integer) ?? .string(cell)
                case "title", "description": .string(unguarded(cell))
                default: .string(cell)
                }
        }
        return object
    }

    /// A cell that begins like a formula would be run by a spreadsheet: a quote in front makes it a text.
    private static func guarded(_ text: String) -> String { isFormula(text.drop { $0 == "'" }) ? "'" + text : text }

    private static func unguarded(_ text: String) -> String {
        text.first == "'" && isFormula(text.drop { $0 == "'" }) ? String(text.dropFirst()) : text
    }

    private static func isFormula(_ text: Substring) -> Bool {
        text.unicodeScalars.first.map { "=+-@\t".unicodeScalars.contains($0) } ?? false
    }

    private static func joined(_ tags: [String]) -> String {
        tags.map { $0.replacing("\\", with: "\\\\").replacing(";", with: "\\;") }.joined(separator: ";")
    }

    private static func split(_ text: String) -> [String] {
        var tags = [""]
        var isEscaped = false
        for character in text {
            switch character {
            case "\\" where !isEscaped: isEscaped = true
            case ";" where !isEscaped: tags.append("")
            default:
                tags[tags.count - 1].append(character)
                isEscaped = false
            }
        }
        return tags
    }
}
