import NIOCore
import Synchronization

/// A queue from a connection's handler to the task that serves it.
///
/// Replaces the inbound half of `NIOAsyncChannel`, whose code stays generic in a release build and took an eighth of
/// the CPU time of a small request. One task takes the parts, nearly always on the event loop. The lock is needed
/// because an application may read a body on another executor.
final class ApplicationInbox: Sendable {
    /// The number of parts from which reading pauses, until at most `lowWatermark` are left.
    private static let highWatermark = 4
    private static let lowWatermark = 1

    private struct State {
        var parts = CircularBuffer<ApplicationPart>()
        var taker: CheckedContinuation<ApplicationPart?, Never>?
        var isFinished = false
        var isReadHeldBack = false

        mutating func take() -> Taken {
            if let part = self.parts.popFirst() { return .part(part) }
            return self.isFinished ? .finished : .empty
        }

        /// Returns whether reading must be resumed.
        mutating func wantsRead() -> Bool {
            guard self.isReadHeldBack, self.parts.count <= lowWatermark else { return false }
            self.isReadHeldBack = false
            return true
        }
    }

    /// The result of an attempt to take a part.
    enum Taken {
        case part(ApplicationPart)
        case finished
        case empty
    }

    private let channel: any Channel
    private let state = Mutex(State())

    init(channel: any Channel) {
        self.channel = channel
    }

    /// Appends a part.
    func put(_ part: ApplicationPart) {
        let taker = self.state.withLock { state -> CheckedContinuation<ApplicationPart?, Never>? in
            guard !state.isFinished else { return nil }
            if let taker = state.taker {
                state.taker = nil
                return taker
            }
            state.parts.append(part)
            return nil
        }
        taker?.resume(returning: part)
    }

    /// Ends the queue. Parts already in it can still be taken.
    func finish() {
        let taker = self.state.withLock { state in
            state.isFinished = true
            return state.taker.take()
        }
        taker?.resume(returning: nil)
    }

    /// Returns whether reading must pause; the inbox resumes it when there is room.
    func holdsBackReads() -> Bool {
        self.state.withLock { state in
            guard state.parts.count >= Self.highWatermark else { return false }
            state.isReadHeldBack = true
            return true
        }
    }

    /// Takes the next part, or returns nil after the last one. Waits until the connection ends, regardless of
    /// cancellation.
    func next() async -> ApplicationPart? {
        switch self.take() {
        case .part(let part): part
        case .finished: nil
        case .empty: await withCheckedContinuation { self.wait($0) }
        }
    }

    /// Takes the next part, or returns nil after the last one and when the task is cancelled.
    func nextUnlessCancelled() async -> ApplicationPart? {
        switch self.take() {
        case .part(let part): part
        case .finished: nil
        case .empty:
            await withTaskCancellationHandler {
                await withCheckedContinuation { taker in
                    self.wait(taker)
                    if Task.isCancelled { self.stopWaiting() }
                }
            } onCancel: {
                self.stopWaiting()
            }
        }
    }

    /// Takes the next part if there is one.
    func take() -> Taken {
        let (taken, wantsRead) = self.state.withLock { state in (state.take(), state.wantsRead()) }
        if wantsRead { self.channel.read() }
        return taken
    }

    private func wait(_ taker: CheckedContinuation<ApplicationPart?, Never>) {
        // Another thread may have added a part since the first check.
        let (taken, other) = self.state.withLock { state -> (Taken, CheckedContinuation<ApplicationPart?, Never>?) in
            let taken = state.take()
            guard case .empty = taken else { return (taken, nil) }
            let other = state.taker
            state.taker = taker
            return (taken, other)
        }
        // Two tasks wait only if an application kept a body beyond its request: that older wait ends.
        other?.resume(returning: nil)
        switch taken {
        case .part(let part): taker.resume(returning: part)
        case .finished: taker.resume(returning: nil)
        case .empty: break
        }
    }

    private func stopWaiting() {
        let taker = self.state.withLock { $0.taker.take() }
        taker?.resume(returning: nil)
    }
}
