import Synchronization

/// Ids that count up: the same in every run.
final class CountingIDs: Sendable {
    private let count = Mutex(0)

    func next() -> String {
        count.withLock { count in
            count += 1
            return "made_\(count)"
        }
    }
}
