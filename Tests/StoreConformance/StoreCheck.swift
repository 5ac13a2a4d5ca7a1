/// One property that every backend of the store has.
///
/// For whoever writes a backend: run `StoreCheck.all`, each on an empty store. A check throws what it finds.
package struct StoreCheck: Sendable, CustomStringConvertible {
    /// A property that a store does not have.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        init(_ description: String) { self.description = description }
    }

    package let description: String
    package let run: @Sendable (StoreUnderTest) async throws -> Void

    init(_ description: String, _ run: @escaping @Sendable (StoreUnderTest) async throws -> Void) {
        self.description = description
        self.run = run
    }

    package static let all = users + tasks + queries + journal + turns + requests + limits
}

/// - Throws: `StoreCheck.Failure` unless both are equal.
func same<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
    guard found == expected else { throw StoreCheck.Failure("\(what): \(found), not \(expected)") }
}

/// - Throws: `StoreCheck.Failure` unless `body` throws `expected`.
func refused<Refusal: Error & Equatable, Value>(
    _ expected: Refusal, _ what: String, _ body: () async throws -> Value
) async throws {
    do {
        _ = try await body()
    } catch {
        guard error as? Refusal == expected else { throw StoreCheck.Failure("\(what): \(error), not \(expected)") }
        return
    }
    throw StoreCheck.Failure("\(what): not refused")
}
