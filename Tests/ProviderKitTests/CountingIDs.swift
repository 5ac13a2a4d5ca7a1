import Synchronization

/// A counter that generates the same ids in every run.
final class CountingIDs: Sendable {
    private let count = Mutex(0)

    func next() -> String {
        count.withLock { count in
            count += 1
            return "made_\(count)"
        }
    }
}
