/// A part of a list, and where it goes on.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    /// The cursor of the next page; nil at the end.
    package let nextCursor: String?

    package init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    /// `items` holds one more than asked for where the list goes on.
    init(_ items: [Item], limit: Int, cursor: (Item) -> PageCursor) {
        let shown = Array(items.prefix(limit))
        self.init(items: shown, nextCursor: items.count > limit ? shown.last.map { cursor($0).text } : nil)
    }
}
