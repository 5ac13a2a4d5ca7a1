package import JSON

/// A reader of an adapter's own keys in a tenant's provider section. Unknown keys are errors.
package struct OptionReader {
    private let provider: String
    private var fields: FieldReader

    package init(_ options: JSONObject, provider: String) {
        self.provider = provider
        fields = FieldReader(options)
    }

    package mutating func bool(_ key: String) -> Bool? { fields.bool(key) }

    package mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = fields.integer(key) else { return nil }
        if !range.contains(value) { fields.fail(key, "must be from \(range.lowerBound) to \(range.upperBound)") }
        return value
    }

    package mutating func strings(_ key: String) -> [String]? { fields.strings(key) }

    package mutating func map(_ key: String) -> JSONObject? { fields.optional(key, \.object, "a map") }

    /// Reads a word of the provider's vocabulary, which is not checked because it may grow.
    package mutating func word(_ key: String) -> String? {
        guard let value = fields.string(key) else { return nil }
        let isWord = (1...64).contains(value.utf8.count) && value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        if !isWord { fields.fail(key, "must be a word") }
        return value
    }

    /// Reads text that is valid in a header field.
    package mutating func headerText(_ key: String) -> String? {
        guard let value = fields.string(key) else { return nil }
        if value.isEmpty || !value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            fields.fail(key, "must be ASCII on one line")
        }
        return value
    }

    package mutating func fail(_ key: String, _ message: String) { fields.fail(key, message) }

    /// Throws the first error.
    package mutating func finish() throws(ProviderConfigurationError) {
        do {
            try fields.finish()
        } catch {
            let first = error.errors.first
            throw ProviderConfigurationError(key: first?.field ?? provider, first?.message ?? error.description)
        }
    }
}
