import Synchronization

/// A flag that can be set once and waited for.
package final class Flag: Sendable {
    private let value = Atomic(false)

    package init() {}

    package var isRaised: Bool { value.load(ordering: .acquiring) }
    package func raise() { value.store(true, ordering: .releasing) }
}

extension Array {
    /// Converts the elements one after another.
    package func asyncMap<T>(_ convert: (Element) async throws -> T) async rethrows -> [T] {
        var converted: [T] = []
        for element in self { converted.append(try await convert(element)) }
        return converted
    }
}
