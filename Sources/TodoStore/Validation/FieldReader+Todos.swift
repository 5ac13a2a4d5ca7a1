package import JSON
package import Time

extension FieldReader {
    /// A text by `rule`; nil for absent, null and wrong.
    package mutating func text(_ name: String, _ rule: TextRule) -> String? {
        string(name).flatMap { checked($0, name, rule) }
    }

    /// Same as `text`, but absent and null are errors.
    package mutating func requiredText(_ name: String, _ rule: TextRule) -> String? {
        required(name, \.string, "a string").flatMap { checked($0, name, rule) }
    }

    /// An RFC 3339 time; nil for absent, null and wrong.
    package mutating func timestamp(_ name: String) -> Timestamp? {
        guard let text = string(name) else { return nil }
        guard let timestamp = Timestamp(rfc3339: text) else {
            fail(name, "must be an RFC 3339 time with an offset, such as 2026-11-22T19:54:09Z")
            return nil
        }
        return timestamp
    }

    mutating func checked(_ text: String, _ name: String, _ rule: TextRule) -> String? {
        do throws(TextRule.Violation) {
            return try rule.check(text)
        } catch {
            fail(name, error.message)
            return nil
        }
    }

    /// Tags as the contract wants them.
    mutating func tags(_ name: String) -> [String]? {
        guard let texts = strings(name) else { return nil }
        guard texts.count <= 20 else {
            fail(name, "must not have more than 20 elements")
            return nil
        }
        var tags: [String] = []
        for (index, text) in texts.enumerated() {
            guard let tag = checked(text, "\(name)[\(index)]", .tag) else { continue }
            if tags.contains(tag) { fail("\(name)[\(index)]", "must not stand there twice") } else { tags.append(tag) }
        }
        return tags
    }

    /// A recurrence rule as the contract wants it.
    mutating func recurrence(_ name: String) -> String? {
        guard let text = string(name) else { return nil }
        do throws(FieldError) {
            return try RecurrenceRule(text).text
        } catch {
            fail(name, error.message)
            return nil
        }
    }
}
