/// A part of a list, and where it goes on.
package struct Page<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Nil at the end.
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

extension Page {
    /// Gathers the items of a page: as many as its limit and its bytes allow, the first one in any case.
    struct Builder {
        private(set) var items: [Item] = []
        private var hasMore = false
        private let limit: Int
        private var room: Int

        /// - Parameter bytes: of all items of a page, as they are written in an answer: 1 MB.
        init(limit: Int, bytes: Int = 1 << 20) {
            self.limit = limit
            room = bytes
        }

        /// Whether an item of so many bytes goes on this page; after the first that does not, none does.
        mutating func takes(_ bytes: Int) -> Bool {
            guard !hasMore, items.count < limit, items.isEmpty || bytes <= room else {
                hasMore = true
                return false
            }
            room -= bytes
            return true
        }

        mutating func append(_ item: Item) { items.append(item) }

        /// Changes each item, which has the bytes that were counted for it.
        mutating func update(_ body: (inout Item) throws -> Void) rethrows {
            for index in items.indices { try body(&items[index]) }
        }

        func page(_ cursor: (Item) -> PageCursor) -> Page<Item> {
            Page(items: items, nextCursor: hasMore ? items.last.map { cursor($0).text } : nil)
        }

        /// Bytes of a text as JSON.
        static func size(_ text: String) -> Int {
            text.utf8.reduce(2) { size, byte in
                size + (byte < 0x20 ? 6 : byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 2 : 1)
            }
        }

        /// Bytes of an item's members that have a fixed size, at the most.
        static var frame: Int { 512 }
    }
}
