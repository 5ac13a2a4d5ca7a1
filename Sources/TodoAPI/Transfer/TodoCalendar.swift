import TodoStore

/// Tasks as the VTODO components of a calendar (RFC 5545).
enum TodoCalendar {
    static let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Steward//Steward//EN\r\n"
    static let tail = "END:VCALENDAR\r\n"

    /// `owner` is unique among all users, and made of ASCII.
    static func entry(_ todo: Todo, owner: String) -> String {
        var lines = [
            "BEGIN:VTODO", "UID:task-\(todo.id)@\(owner)", "DTSTAMP:\(time(todo.updatedAt))",
            "CREATED:\(time(todo.createdAt))", "LAST-MODIFIED:\(time(todo.updatedAt))", "SEQUENCE:\(todo.version - 1)",
            "SUMMARY:\(escaped(todo.title))",
        ]
        if let description = todo.description { lines.append("DESCRIPTION:\(escaped(description))") }
        if let rule = todo.recurrence {
            // A rule needs a start, and a due date must come after it.
            lines.append("DTSTART:\(time(todo.dueAt.map { $0.adding(seconds: -1) } ?? todo.createdAt))")
            lines.append("RRULE:\(rule)")
        }
        if let due = todo.dueAt { lines.append("DUE:\(time(due))") }
        lines.append("PRIORITY:\(priority(todo.priority))")
        if !todo.tags.isEmpty { lines.append("CATEGORIES:\(todo.tags.map(escaped).joined(separator: ","))") }
        lines.append("STATUS:\(todo.completed ? "COMPLETED" : "NEEDS-ACTION")")
        if let completed = todo.completedAt { lines.append("COMPLETED:\(time(completed))") }
        lines.append("END:VTODO")
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    /// `20261122T195409Z`
    private static func time(_ timestamp: Timestamp) -> String {
        String(timestamp.rfc3339.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private static func priority(_ priority: Priority) -> Int {
        switch priority {
        case .high: 1
        case .medium: 5
        case .low: 9
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Lines of at most 75 bytes, none of which cuts a character in two.
    private static func folded(_ line: String) -> String {
        var folded = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if length + width > 75 {
                folded += "\r\n "
                length = 1
            }
            folded.unicodeScalars.append(scalar)
            length += width
        }
        return folded
    }
}
