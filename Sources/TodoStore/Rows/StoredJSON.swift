package import JSON

/// The JSON written by the store itself; JSON that cannot be parsed is damage.
package enum StoredJSON {
    /// Wider than the limits of input: a stored value nests it a few levels deeper, and an answer contains many of
    /// them.
    private static let limits = JSONLimits(size: 24 << 20, depth: 128, values: 2_000_000)

    package static func parse(_ text: String) throws(StoreError) -> JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(text, limits: limits)
        } catch {
            throw .corrupt
        }
    }

    /// Whether a text that is to be stored can be read again.
    static func isReadable(_ text: String) -> Bool {
        // A value takes a byte and a comma at least: a shorter text cannot have too many of them.
        text.utf8.count <= 2 * limits.values || text.utf8.count <= limits.size && (try? parse(text)) != nil
    }
}
