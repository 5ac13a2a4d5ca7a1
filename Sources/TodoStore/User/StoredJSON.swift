import JSON

/// JSON that we wrote ourselves: what does not parse is damage.
enum StoredJSON {
    /// Deeper than what is let in: a stored value wraps it a few levels.
    private static let limits = JSONLimits(size: 16 << 20, depth: 64, values: 1_000_000)

    static func parse(_ text: String) throws(StoreError) -> JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(text, limits: limits)
        } catch {
            throw .corrupt
        }
    }
}
