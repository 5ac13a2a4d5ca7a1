import NIOCore
import Time
import TodoStore

/// An export as text, page by page.
struct ExportText: Sendable {
    /// The number of tasks per page and transaction: at most a megabyte, by the limits of tasks.
    static let rows = 100

    let format: ExportFormat
    /// The part of calendar entries' ids that makes them unique.
    let owner: String
    let zone: CalendarZone
    let now: Timestamp

    /// Returns the text of some tasks, with the text before the first and after the last one.
    func page(_ todos: Page<Todo>, isFirst: Bool) -> ExportPage {
        var bytes = ByteBuffer()
        if isFirst { bytes.writeString(format.head(zone, now: now)) }
        for (index, todo) in todos.items.enumerated() {
            format.write(todo, isFirst: isFirst && index == 0, owner: owner, zone: zone, to: &bytes)
        }
        let next = todos.nextCursor.flatMap { PageCursor($0) }
        if next == nil { bytes.writeString(format.tail) }
        return ExportPage(bytes: bytes, next: next)
    }
}

/// A part of an export, and the position of the next one.
struct ExportPage: Sendable {
    let bytes: ByteBuffer
    let next: PageCursor?
}
