import Text

/// Reads the members of an object from outside: wrong kinds and unknown names are errors, all of them in one pass.
///
///     var fields = FieldReader(object)
///     let title = fields.required("title", \.string, "a string")
///     try fields.finish()
///
/// A reader returns nil for what is absent, null or wrong; after `finish()` has not thrown, nil can only be absent or null.
package struct FieldReader {
    private let object: JSONObject
    private var known: [String] = []
    package private(set) var errors: [FieldError] = []

    package init(_ object: JSONObject) { self.object = object }

    /// Whether the member is there at all, null or not: a merge patch tells absent from null (RFC 7396).
    package func contains(_ name: String) -> Bool { object[name] != nil }

    /// The member as `convert` sees it; `expected` completes "must be …".
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

    /// As `optional`, but absent and null are errors.
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

    /// An array of strings.
    package mutating func strings(_ name: String) -> [String]? {
        optional(name, { $0.array?.compactMapAll(\.string) }, "an array of strings")
    }

    /// One of the raw values of `type`.
    package mutating func choice<T: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: T.Type) -> T? {
        func choices() -> String { "one of " + T.allCases.map(\.rawValue).joined(separator: ", ") }
        guard let text = optional(name, \.string, choices()) else { return nil }
        guard let value = text.word().flatMap(T.init(rawValue:)) else {
            fail(name, "must be \(choices())")
            return nil
        }
        return value
    }

    /// Adds an error that the caller found.
    package mutating func fail(_ name: String, _ message: String) { errors.append(FieldError(name, message)) }

    /// Refuses texts that are slow to compare, in the one place that every text of an object passes.
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

    /// Unknown members that are named; who sends more of them has the wrong document.
    private static let namedUnknown = 20

    /// Throws all that was found, unknown members included.
    package mutating func finish() throws(FieldErrors) {
        let unknown = object.members.lazy.map(\.name).filter { [known] name in
            !known.contains { $0.equalsBytes(of: name) }
        }
        // The name came from outside: neither its length nor its characters are ours.
        for name in unknown.prefix(Self.namedUnknown) { fail(name.printable(limit: 64), "is not known here") }
        guard errors.isEmpty else { throw FieldErrors(errors) }
    }
}

extension Array {
    /// All elements converted, or nil when one cannot be.
    fileprivate func compactMapAll<T>(_ convert: (Element) -> T?) -> [T]? {
        var converted: [T] = []
        for element in self {
            guard let value = convert(element) else { return nil }
            converted.append(value)
        }
        return converted
    }
}
