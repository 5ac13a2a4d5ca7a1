/// Ranges of the numbers in a database: far from overflow, and exact in every client's JSON.
package enum StoredRange {
    package static let id = 1...1 << 52
    package static let version = 1...1 << 52
    /// Milliseconds since 1970.
    package static let time = 0...253_402_300_799_999
    /// Tokens, and what else is counted.
    package static let count = 0...1 << 52
}
