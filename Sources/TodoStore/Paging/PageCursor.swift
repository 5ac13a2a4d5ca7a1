import Secrets

/// The place after the last item of a page: opaque text for clients, bound to the list and its order.
package struct PageCursor: Hashable, Sendable {
    /// The sort key of the last item.
    package enum Key: Hashable, Sendable {
        case number(Int)
        case text(String)
    }

    /// Names the list and its order: a cursor of one is refused by every other.
    let list: String
    package let key: Key
    package let id: Int

    init(list: String, key: Key, id: Int) {
        self.list = list
        self.key = key
        self.id = id
    }

    /// Returns nil for text that `text` did not create.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 2048, let bytes = Base64URL.decode(text),
            let plain = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = plain.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let id = Int(parts[1]), ItemID.range.contains(id), let kind = parts[2].first else {
            return nil
        }
        switch kind {
        case "n":
            guard let number = Int(parts[2].dropFirst()) else { return nil }
            self.init(list: String(parts[0]), key: .number(number), id: id)
        case "t":
            self.init(list: String(parts[0]), key: .text(String(parts[2].dropFirst())), id: id)
        default: return nil
        }
        // One text per cursor: "+1", "01" and stray bits are not ours.
        guard self.text == text else { return nil }
    }

    package var text: String {
        let key =
            switch key {
            case .number(let number): "n\(number)"
            case .text(let text): "t\(text)"
            }
        return Base64URL.encode(Array("\(list)\n\(id)\n\(key)".utf8))
    }

    /// Throws `badCursor` when it belongs to another list.
    func checked(for list: String) throws(StoreError) -> PageCursor {
        guard self.list == list else { throw .badCursor }
        return self
    }
}
