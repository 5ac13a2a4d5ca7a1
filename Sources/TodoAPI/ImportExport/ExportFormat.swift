import Assistant
import JSON
import NIOCore
import Time
import TodoStore

/// The formats of an export.
enum ExportFormat: String, CaseIterable, Sendable {
    case json, csv, ics

    var contentType: String {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .ics: "text/calendar; charset=utf-8; component=VTODO"
        }
    }

    func head(_ zone: CalendarZone, now: Timestamp) -> String {
        switch self {
        case .json: "["
        case .csv: CSV.line(TodoCSV.columns)
        case .ics: TodoCalendar.head(zone, now: now)
        }
    }

    var tail: String {
        switch self {
        case .json: "]\n"
        case .csv: ""
        case .ics: TodoCalendar.tail
        }
    }

    /// Writes an export; `owner` makes the ids of calendar entries unique.
    func write(
        _ todo: Todo, isFirst: Bool, owner: String, zone: CalendarZone, to buffer: inout ByteBuffer
    ) {
        switch self {
        case .json:
            buffer.writeString(isFirst ? "\n" : ",\n")
            var writer = JSONWriter()
            todo.write(to: &writer)
            buffer.writeImmutableBuffer(writer.buffer)
        case .csv: buffer.writeString(CSV.line(TodoCSV.cells(of: todo)))
        case .ics: buffer.writeString(TodoCalendar.entry(todo, owner: owner, zone: zone))
        }
    }
}
