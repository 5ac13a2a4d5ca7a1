import NIOCore
import Synchronization

/// Where a connection's handler leaves what its task has to serve next.
///
/// It stands in for the inbound half of `NIOAsyncChannel`, whose code stays generic in a release build and took an
/// eighth of the CPU of a small request. There is one task that takes parts, nearly always on the event loop; a handler
/// may read its body on another executor, which is what the lock is for.
final class ApplicationInbox: Sendable {
    /// From this many parts on the connection is not read, until no more than `lowWatermark` are left.
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

        /// Whether the connection must be asked to go on reading.
        mutating func wantsRead() -> Bool {
            guard self.isReadHeldBack, self.parts.count <= lowWatermark else { return false }
            self.isReadHeldBack = false
            return true
        }
    }

    /// What there was to take.
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

    /// Leaves a part for the task.
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

    /// Says that no more parts will come; those that are there can still be taken.
    func finish() {
        let taker = self.state.withLock { state in
            state.isFinished = true
            return state.taker.take()
        }
        taker?.resume(returning: nil)
    }

    /// Whether the connection must not be read yet: the inbox asks for it when there is room.
    func holdsBackReads() -> Bool {
        self.state.withLock { state in
            guard state.parts.count >= Self.highWatermark else { return false }
            state.isReadHeldBack = true
            return true
        }
    }

    /// Takes the next part; nil when no more will come. The end of the connection is what ends the wait.
    func next() async -> ApplicationPart? {
        switch self.take() {
        case .part(let part): part
        case .finished: nil
        case .empty: await withCheckedContinuation { self.wait($0) }
        }
    }

    /// Takes the next part; nil when no more will come, or when the task is cancelled while it waits.
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
        // Another thread may have put something since it was looked for.
        let (taken, other) = self.state.withLock { state -> (Taken, CheckedContinuation<ApplicationPart?, Never>?) in
            let taken = state.take()
            guard case .empty = taken else { return (taken, nil) }
            let other = state.taker
            state.taker = taker
            return (taken, other)
        }
        // Two can only wait when a handler let its body outlive it: it is that one whose turn is over.
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
