import Synchronization

/// Says once that something has happened.
package final class Flag: Sendable {
    private let value = Atomic(false)

    package init() {}

    package var isRaised: Bool { value.load(ordering: .acquiring) }
    package func raise() { value.store(true, ordering: .releasing) }
}

extension Array {
    /// The elements converted one after the other.
    package func asyncMap<T>(_ convert: (Element) async throws -> T) async rethrows -> [T] {
        var converted: [T] = []
        for element in self { converted.append(try await convert(element)) }
        return converted
    }
}
