import JSON
import Text
import Time
import TodoStore

/// Tasks as CSV rows: one column per member, tags separated by semicolons.
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

    /// Returns a row as the JSON of a task, with members for the cells that are not empty.
    static func object(_ header: [String], _ cells: [String]) -> JSONObject {
        var object = JSONObject()
        for (name, cell) in zip(header, cells) where !cell.isEmpty {
            object[name] =
                switch name {
                case "tags": .array(split(unguarded(cell)).map(JSONValue.string))
                case "completed": boolean(cell) ?? .string(cell)
                case "id", "version": Int(cell).map(JSONValue.integer) ?? .string(cell)
                case "title", "description": .string(unguarded(cell))
                default: .string(cell)
                }
        }
        return object
    }

    private static func boolean(_ cell: String) -> JSONValue? {
        if cell.equalsIgnoringASCIICase("true") { return true }
        return cell.equalsIgnoringASCIICase("false") ? false : nil
    }

    /// Returns the cell with a quote in front if it looks like a formula, which a spreadsheet would run.
    private static func guarded(_ text: String) -> String { isFormula(text) ? "'" + text : text }

    private static func unguarded(_ text: String) -> String {
        text.unicodeScalars.first == "'" && isFormula(text) ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Returns whether the text looks like a formula, with or without quotes in front. By scalar: a combining mark on
    /// the first character makes no difference.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" }.map { "=+-@\t".unicodeScalars.contains($0) } ?? false
    }

    private static func joined(_ tags: [String]) -> String {
        var joined = ""
        for (index, tag) in tags.enumerated() {
            if index > 0 { joined += ";" }
            for scalar in tag.unicodeScalars {
                if scalar == "\\" || scalar == ";" { joined += "\\" }
                joined.unicodeScalars.append(scalar)
            }
        }
        return joined
    }

    private static func split(_ text: String) -> [String] {
        var tags = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped: isEscaped = true
            case ";" where !isEscaped: tags.append("")
            default:
                tags[tags.count - 1].unicodeScalars.append(scalar)
                isEscaped = false
            }
        }
        return tags
    }
}
