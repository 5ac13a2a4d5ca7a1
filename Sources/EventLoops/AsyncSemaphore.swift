import DequeModule
import Synchronization
import TodoStore

/// Lets only so much long work run at once, such as a copy of a whole database: the other threads are for requests.
///
/// First come, first served. Waiting ends by itself, as all that runs does; so it is not cancelled.
final class LongWork: Sendable {
    private struct State {
        var places: Int
        var waiting: Deque<CheckedContinuation<Void, Never>> = []
    }

    private let state: Mutex<State>

    /// The number of free permits.
    var placesLeft: Int { state.withLock { $0.places } }
    /// The number of waiters.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    init(places: Int) { state = Mutex(State(places: max(places, 1))) }

    /// Runs `body` when a permit is free, unless the task was cancelled meanwhile.
    func run<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        await enter()
        defer { leave() }
        try Task.checkCancellation()
        return try await body()
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let hasPlace = state.withLock { state in
                guard state.places > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.places -= 1
                return true
            }
            if hasPlace { continuation.resume() }
        }
    }

    /// Passes the permit to the next waiter.
    private func leave() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            if next == nil { state.places += 1 }
            return next
        }
        next?.resume()
    }
}
