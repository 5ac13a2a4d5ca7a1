import Synchronization

/// A clock that only a test moves.
package final class ManualClock: Clock {
    package struct Instant: InstantProtocol {
        package var offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State: ~Copyable {
        var now = Instant(offset: .zero)
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock { $0.now } }
    package var minimumResolution: Duration { .zero }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state -> Int in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    if state.cancelled.remove(id) != nil {
                        continuation.resume(throwing: CancellationError())
                        return []
                    }
                    guard deadline > state.now else {
                        continuation.resume()
                        return []
                    }
                    state.sleepers[id] = Sleeper(deadline: deadline, continuation: continuation)
                    defer { state.watchers = [] }
                    return state.watchers
                }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Advances the time and wakes all sleepers that are due.
    package func advance(by duration: Duration) { move { $0.now.advanced(by: duration) } }

    private func move(_ time: (borrowing State) -> Instant?) {
        let woken = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
            guard let now = time(state) else { return [] }
            state.now = now
            let woken = state.sleepers.filter { $0.value.deadline <= now }
            for id in woken.keys { state.sleepers[id] = nil }
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Advances the time by `step` at each sleep, from the end of `start` until the end of `body`.
    package func advancing<Result: Sendable>(
        by step: Duration, once start: @escaping @Sendable () async -> Void,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await start()
                while !Task.isCancelled {
                    await self.sleeper()
                    self.advance(by: step)
                }
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() { if let result { return result } }
            throw CancellationError()
        }
    }

    /// Waits for a sleeper that is due within `limit`, and advances the time to it; returns without doing so only when
    /// the task is cancelled.
    package func jump(within limit: Duration) async {
        let end = now.advanced(by: limit)
        await waitForSleeper { $0.sleepers.values.contains { $0.deadline <= end } }
        move { state in state.sleepers.values.map(\.deadline).filter { $0 <= end }.min() }
    }

    /// Returns once somebody sleeps, or the task is cancelled.
    private func sleeper() async { await waitForSleeper { !$0.sleepers.isEmpty } }

    private func waitForSleeper(_ isThere: @Sendable (borrowing State) -> Bool) async {
        // Each new sleeper wakes the watcher.
        while !Task.isCancelled, !state.withLock({ isThere($0) }) { await newSleeper(unless: isThere) }
    }

    private func newSleeper(unless isThere: @Sendable (borrowing State) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state -> Bool in
                    guard !isThere(state), !Task.isCancelled else { return false }
                    state.watchers.append(continuation)
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            // The others check again and continue to wait.
            let watchers = state.withLock { state in
                defer { state.watchers = [] }
                return state.watchers
            }
            for watcher in watchers { watcher.resume() }
        }
    }
}
