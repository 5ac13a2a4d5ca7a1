import GRDB
import TodoStore

/// A rule for the values of one column of a user's database.
enum ColumnRule: Sendable {
    case integer(ClosedRange<Int>)
    case choice([String])
    /// A text without NUL and with a maximum length in bytes.
    case text(bytes: Int)
    case blob(bytes: Int)
    /// A finite number of at least 0.
    case amount
    indirect case optional(ColumnRule)

    func allows(_ value: DatabaseValue) -> Bool {
        switch (self, value.storage) {
        case (.integer(let range), .int64(let number)): range.contains(Int(number))
        case (.choice(let choices), .string(let text)): choices.contains { $0.utf8.elementsEqual(text.utf8) }
        case (.text(let bytes), .string(let text)): text.utf8.count <= bytes && !text.utf8.contains(0)
        case (.blob(let bytes), .blob(let data)): data.count <= bytes
        case (.amount, .double(let number)): number.isFinite && number >= 0
        case (.optional(let rule), _): value.isNull || rule.allows(value)
        default: false
        }
    }
}
