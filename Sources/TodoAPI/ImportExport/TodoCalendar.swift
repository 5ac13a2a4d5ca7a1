import Time
import TodoStore

/// Tasks as the VTODO components of a calendar (RFC 5545).
enum TodoCalendar {
    static func head(_ zone: CalendarZone, now: Timestamp) -> String {
        text(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Steward//Steward//EN"] + zone.component(now: now))
    }

    static let tail = "END:VCALENDAR\r\n"

    /// Returns a task as an entry; `owner` is unique among all users, and ASCII.
    static func entry(_ todo: Todo, owner: String, zone: CalendarZone) -> String {
        var lines = [
            "BEGIN:VTODO", "UID:task-\(todo.id)@\(owner)", "DTSTAMP:\(time(todo.updatedAt))",
            "CREATED:\(time(todo.createdAt))", "LAST-MODIFIED:\(time(todo.updatedAt))", "SEQUENCE:\(todo.version - 1)",
            "SUMMARY:\(escaped(todo.title))",
        ]
        if let description = todo.description { lines.append("DESCRIPTION:\(escaped(description))") }
        if let rule = todo.recurrence {
            // A rule needs a start, and a due date must come after it.
            lines.append(zone.property("DTSTART", todo.dueAt.map { $0.adding(seconds: -1) } ?? todo.createdAt))
            lines.append("RRULE:\(zone.rule(rule))")
            if let due = todo.dueAt { lines.append(zone.property("DUE", due)) }
        } else if let due = todo.dueAt {
            lines.append("DUE:\(time(due))")
        }
        lines.append("PRIORITY:\(priority(todo.priority))")
        if !todo.tags.isEmpty { lines.append("CATEGORIES:\(todo.tags.map(escaped).joined(separator: ","))") }
        lines.append("STATUS:\(todo.completed ? "COMPLETED" : "NEEDS-ACTION")")
        if let completed = todo.completedAt { lines.append("COMPLETED:\(time(completed))") }
        lines.append("END:VTODO")
        return text(lines)
    }

    private static func text(_ lines: [String]) -> String { lines.map { folded($0) + "\r\n" }.joined() }

    private static func time(_ timestamp: Timestamp) -> String { CalendarZone.utc(timestamp) }

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

    /// Returns the line folded to at most 75 bytes, without splitting characters.
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
