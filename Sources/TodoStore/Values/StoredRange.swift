/// The valid ranges of stored numbers: far from overflow, and exact in every client's JSON.
enum StoredRange {
    static let id = 1...1 << 52
    static let version = 1...1 << 52
    /// Milliseconds since 1970.
    static let time = 0...253_402_300_799_999
    /// Counts, such as tokens.
    static let count = 0...1 << 52
}
