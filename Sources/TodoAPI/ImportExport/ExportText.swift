import NIOCore
import Time
import TodoStore

/// An export as text, page by page.
struct ExportText: Sendable {
    /// Tasks of one page, and of one transaction: at most a megabyte, as tasks are.
    static let rows = 100

    let format: ExportFormat
    /// Makes the ids of calendar entries unique.
    let owner: String
    let zone: CalendarZone
    let now: Timestamp

    /// The text of some tasks, with what stands before the first and after the last.
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

/// A piece of an export, and where it goes on.
struct ExportPage: Sendable {
    let bytes: ByteBuffer
    let next: PageCursor?
}
