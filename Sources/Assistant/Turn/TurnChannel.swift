import Synchronization

/// A bounded channel for the events of one turn, from the runner to the request.
///
/// A reader that stops reading pauses the provider. The reader may leave at any time; the sender learns of it at once
/// from `readerLeft()` and at its next `send`.
package final class TurnChannel: Sendable {
    /// The error of sending after the reader has left.
    struct ReaderLeft: Error {}

    /// The result of waiting for an event.
    package enum Next: Sendable {
        case event(TurnEvent)
        /// No event arrived before `wake()` was called, so that the reader can send a heartbeat.
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

    /// Sends an event; waits while the buffer is full. Only one sender at a time.
    ///
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

    /// Sends the last event without waiting.
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

    /// Returns the next event. Cancelling the reader's task counts as leaving.
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

    /// Wakes a waiting reader with `idle`; has no effect when none waits.
    func wake() {
        state.withLock { $0.reader.take() }?.resume(returning: .idle)
    }

    /// Ends the reading; no more events are accepted.
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
