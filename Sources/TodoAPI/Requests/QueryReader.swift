import Hummingbird
import JSON
import Text
import TodoStore

/// A reader of query strings. Unknown and repeated parameters are errors, all found in one pass.
struct QueryReader {
    /// The maximum number of parameters, enough for a list with all its tags.
    private static let mostParameters = 64

    private var parameters: [(name: String, value: String)] = []
    private var known: [String] = []
    private var errors: [FieldError] = []

    /// - Throws: `Problem` when the string is not form-encoded.
    init(_ query: String?) throws {
        for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count == 2 ? parts[1] : ""[...].utf8)
            else {
                throw Problem(.badParameter, "The query string is not percent-encoded UTF-8.")
            }
            guard !CombiningMarks.areTooMany(in: name), !CombiningMarks.areTooMany(in: value) else {
                let field = FieldError(name.printable(limit: 64), CombiningMarks.violation)
                throw Problem(.badParameter, "The query string has invalid parameters.", errors: [field])
            }
            guard parameters.count < Self.mostParameters else {
                throw Problem(.badParameter, "The query string has more than \(Self.mostParameters) parameters.")
            }
            parameters.append((name, value))
        }
    }

    mutating func string(_ name: String) -> String? {
        let all = strings(name)
        if all.count > 1 { fail(name, "must not be repeated") }
        return all.first
    }

    /// Reads a parameter that may be repeated.
    mutating func strings(_ name: String) -> [String] {
        known.append(name)
        return parameters.filter { $0.name.equalsBytes(of: name) }.map(\.value)
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
        guard let value = text.word().flatMap(T.init(rawValue:)) else {
            fail(name, "must be one of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return value
    }

    /// Reads a value with `convert`; `expected` completes "must be …".
    mutating func value<T>(_ name: String, _ expected: String, _ convert: (String) -> T?) -> T? {
        guard let text = string(name) else { return nil }
        guard let value = convert(text) else {
            fail(name, "must be \(expected)")
            return nil
        }
        return value
    }

    /// Reads a text with the same rule as in bodies.
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

    /// - Throws: `Problem` with all errors, including unknown parameters.
    mutating func finish() throws {
        var unknown: Set<ByteText> = []
        for (name, _) in parameters
        where !known.contains(where: { $0.equalsBytes(of: name) }) && unknown.insert(ByteText(name)).inserted {
            fail(name.printable(limit: 64), "is unknown")
        }
        guard errors.isEmpty else {
            throw Problem(.badParameter, "The query string has invalid parameters.", errors: errors)
        }
    }

    private static func decode(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = text
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
