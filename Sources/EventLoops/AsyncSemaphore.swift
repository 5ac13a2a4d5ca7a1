import DequeModule
import Synchronization

/// A counting semaphore for tasks, first come, first served. Waiting blocks no thread.
package final class AsyncSemaphore: Sendable {
    private struct State {
        var permits: Int
        var waiting: Deque<CheckedContinuation<Void, Never>> = []
    }

    private let state: Mutex<State>

    /// Number of bodies that may begin without waiting.
    package var availablePermits: Int { state.withLock { $0.permits } }
    /// Number of tasks that wait for a permit.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// - Parameter permits: how many bodies may run at once, at least one.
    package init(permits: Int) { state = Mutex(State(permits: max(permits, 1))) }

    /// Runs `body` as soon as there is a permit.
    ///
    /// A cancelled task keeps its place in the queue, as every body that runs ends by itself; its own body is not run.
    /// - Throws: `CancellationError` when the task was cancelled while it waited, or what `body` throws.
    package func withPermit<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        await acquire()
        defer { release() }
        try Task.checkCancellation()
        return try await body()
    }

    private func acquire() async {
        await withCheckedContinuation { continuation in
            let isAcquired = state.withLock { state in
                guard state.permits > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.permits -= 1
                return true
            }
            if isAcquired { continuation.resume() }
        }
    }

    /// Hands the permit to the task that has waited longest.
    private func release() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            if next == nil { state.permits += 1 }
            return next
        }
        next?.resume()
    }
}
