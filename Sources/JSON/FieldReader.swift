import Text

/// A reader of a JSON object from a client. Wrong types and unknown members are errors, all collected in one pass.
///
///     var fields = FieldReader(object)
///     let title = fields.required("title", \.string, "a string")
///     try fields.finish()
///
/// A reader returns nil for members that are absent, null or invalid. After `finish()` has not thrown, nil means absent
/// or null.
package struct FieldReader {
    private let object: JSONObject
    private var known: [String] = []
    package private(set) var errors: [FieldError] = []

    package init(_ object: JSONObject) { self.object = object }

    /// Returns whether the member is present, even if null: a merge patch distinguishes absent from null (RFC 7396).
    package func contains(_ name: String) -> Bool { object[name] != nil }

    /// Reads a member with `convert`; `expected` completes the message "must be …".
    package mutating func optional<T>(
        _ name: String, _ convert: (JSONValue) -> T?, _ expected: @autoclosure () -> String
    ) -> T? {
        known.append(name)
        guard let value = object[name], !value.isNull, !hasTooManyMarks(value, name) else { return nil }
        guard let converted = convert(value) else {
            fail(name, "must be \(expected()), not \(value.kind)")
            return nil
        }
        return converted
    }

    /// Reads a member like `optional`, but reports absent and null as errors.
    package mutating func required<T>(
        _ name: String, _ convert: (JSONValue) -> T?, _ expected: @autoclosure () -> String
    ) -> T? {
        let value = optional(name, convert, expected())
        if value == nil, object[name].map(\.isNull) ?? true { fail(name, "is required") }
        return value
    }

    package mutating func string(_ name: String) -> String? { optional(name, \.string, "a string") }
    package mutating func integer(_ name: String) -> Int? { optional(name, \.integer, "a whole number") }
    package mutating func bool(_ name: String) -> Bool? { optional(name, \.bool, "true or false") }

    /// Reads an array of strings.
    package mutating func strings(_ name: String) -> [String]? {
        optional(name, { $0.array?.compactMapAll(\.string) }, "an array of strings")
    }

    /// Reads a string that must be one of the raw values of `type`.
    package mutating func choice<T: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: T.Type) -> T? {
        func choices() -> String { "one of " + T.allCases.map(\.rawValue).joined(separator: ", ") }
        guard let text = optional(name, \.string, choices()) else { return nil }
        guard let value = text.word().flatMap(T.init(rawValue:)) else {
            fail(name, "must be \(choices())")
            return nil
        }
        return value
    }

    /// Adds an error found by the caller.
    package mutating func fail(_ name: String, _ message: String) { errors.append(FieldError(name, message)) }

    /// Refuses strings that are slow to compare because of many combining marks. Every string of an object passes here.
    private mutating func hasTooManyMarks(_ value: JSONValue, _ name: String) -> Bool {
        switch value {
        case .string(let text) where CombiningMarks.areTooMany(in: text):
            fail(name, CombiningMarks.violation)
            return true
        case .array(let elements):
            let wrong = elements.indices.filter {
                elements[$0].string.map { CombiningMarks.areTooMany(in: $0) } ?? false
            }
            for index in wrong { fail("\(name)[\(index)]", CombiningMarks.violation) }
            return !wrong.isEmpty
        default: return false
        }
    }

    /// The maximum number of unknown members that are named in errors.
    private static let namedUnknown = 20

    /// Throws all errors found, including unknown members.
    package mutating func finish() throws(FieldErrors) {
        let unknown = object.members.lazy.map(\.name).filter { [known] name in
            !known.contains { $0.equalsBytes(of: name) }
        }
        // The name comes from the client: its length and characters are limited before it is repeated.
        for name in unknown.prefix(Self.namedUnknown) { fail(name.printable(limit: 64), "is unknown") }
        guard errors.isEmpty else { throw FieldErrors(errors) }
    }
}

extension Array {
    /// Converts all elements, or returns nil when one cannot be converted.
    fileprivate func compactMapAll<T>(_ convert: (Element) -> T?) -> [T]? {
        var converted: [T] = []
        for element in self {
            guard let value = convert(element) else { return nil }
            converted.append(value)
        }
        return converted
    }
}
