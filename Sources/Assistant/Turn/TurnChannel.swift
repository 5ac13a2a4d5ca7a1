import Synchronization

/// Carries the events of one turn from the runner to the request that waits for them.
///
/// Bounded: a reader that stops reading stops the provider. Whoever reads may leave at any time; the sender hears of it
/// at once through `readerLeft()` and at its next `send`.
package final class TurnChannel: Sendable {
    /// The reader has left.
    struct ReaderLeft: Error {}

    /// What a waiting reader is woken with.
    package enum Next: Sendable {
        case event(TurnEvent)
        /// Nothing came, but `wake()` was called: time to show a sign of life.
        case idle
        case end
    }

    private struct State {
        var buffer: [TurnEvent] = []
        var isFinished = false
        var hasReaderLeft = false
        var reader: CheckedContinuation<Next, Never>?
        var sender: CheckedContinuation<Void, Never>?
        var leaveWatcher: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int = 16) { self.capacity = capacity }

    /// Waits while the buffer is full. One sender at a time.
    /// - Throws: `ReaderLeft`, or `CancellationError` when the sender is cancelled while it waits.
    func send(_ event: TurnEvent) async throws {
        let isFull = try state.withLock { state in
            guard !state.hasReaderLeft else { throw ReaderLeft() }
            if let reader = state.reader.take() {
                reader.resume(returning: .event(event))
            } else {
                state.buffer.append(event)
            }
            return state.buffer.count >= capacity
        }
        guard isFull else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let hasRoom = state.withLock { state in
                    guard state.buffer.count >= capacity, !state.hasReaderLeft, !Task.isCancelled else { return true }
                    state.sender = continuation
                    return false
                }
                if hasRoom { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sender.take() }?.resume()
        }
        try Task.checkCancellation()
    }

    /// The last event; never waits.
    func finish(with event: TurnEvent) {
        state.withLock { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            if let reader = state.reader.take() {
                reader.resume(returning: .event(event))
            } else {
                state.buffer.append(event)
            }
            state.leaveWatcher.take()?.resume()
        }
    }

    /// Returns when the reader has left, or when the turn has ended.
    func readerLeft() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.hasReaderLeft, !state.isFinished, !Task.isCancelled else { return true }
                    state.leaveWatcher = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.leaveWatcher.take() }?.resume()
        }
    }

    /// The next event. Cancelling the reader's task counts as leaving.
    func next() async -> Next {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: Next? = state.withLock { state in
                    if !state.buffer.isEmpty {
                        state.sender.take()?.resume()
                        return .event(state.buffer.removeFirst())
                    }
                    guard !state.isFinished, !state.hasReaderLeft else { return .end }
                    state.reader = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            leave()
        }
    }

    /// Wakes a waiting reader with `idle`; does nothing when none waits.
    func wake() {
        state.withLock { $0.reader.take() }?.resume(returning: .idle)
    }

    /// The reader takes no more events.
    func leave() {
        state.withLock { state in
            state.hasReaderLeft = true
            state.buffer = []
            state.reader.take()?.resume(returning: .end)
            state.sender.take()?.resume()
            state.leaveWatcher.take()?.resume()
        }
    }
}
