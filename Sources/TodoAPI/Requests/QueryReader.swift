import Hummingbird
import JSON
import TodoStore

/// Reads a query string: unknown and repeated parameters are errors, all of them in one pass.
struct QueryReader {
    private var values: [String: [String]] = [:]
    private var known: Set<String> = []
    private var errors: [FieldError] = []

    /// - Throws: `Problem` when the string is no form encoding.
    init(_ query: String?) throws {
        for pair in (query ?? "").split(separator: "&", omittingEmptySubsequences: true) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count == 2 ? parts[1] : "") else {
                throw Problem(.badParameter, "The query string is not percent-encoded UTF-8.")
            }
            values[name, default: []].append(value)
        }
    }

    mutating func string(_ name: String) -> String? {
        known.insert(name)
        guard let all = values[name] else { return nil }
        if all.count > 1 { fail(name, "is given more than once") }
        return all[0]
    }

    /// A parameter that may be repeated.
    mutating func strings(_ name: String) -> [String] {
        known.insert(name)
        return values[name] ?? []
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = string(name) else { return nil }
        guard let value = Int(text), range.contains(value), text.first != "+" else {
            fail(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    mutating func choice<T: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: T.Type) -> T? {
        guard let text = string(name) else { return nil }
        guard let value = T(rawValue: text) else {
            fail(name, "must be one of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return value
    }

    /// A value that `convert` knows; `expected` completes "must be …".
    mutating func value<T>(_ name: String, _ expected: String, _ convert: (String) -> T?) -> T? {
        guard let text = string(name) else { return nil }
        guard let value = convert(text) else {
            fail(name, "must be \(expected)")
            return nil
        }
        return value
    }

    /// A text by the rule that bodies have for such.
    mutating func text(_ name: String, _ rule: TextRule) -> String? {
        guard let text = string(name) else { return nil }
        do throws(TextRule.Violation) {
            return try rule.check(text)
        } catch {
            fail(name, error.message)
            return nil
        }
    }

    mutating func fail(_ name: String, _ message: String) { errors.append(FieldError(name, message)) }

    /// - Throws: `Problem` with all that was found, unknown parameters included.
    mutating func finish() throws {
        for name in values.keys.sorted() where !known.contains(name) {
            fail(String(name.prefix(64)), "is not known here")
        }
        guard errors.isEmpty else {
            throw Problem(.badParameter, "The query string has a parameter that is not right.", errors: errors)
        }
    }

    private static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let value = PercentDecoding.byte(&rest) else { return nil }
                bytes.append(value)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
