import Identity
import Synchronization

/// A queue that runs turns with the same key one after another, in the order of their arrival.
final class TurnQueue: Sendable {
    /// The key of turns that must not run concurrently.
    enum Key: Hashable {
        case conversation(Account, Int)
        /// A repeated request waits for the first one with its key, and then finds the answer.
        case idempotency(Account, String)
    }

    /// The maximum number of turns that wait behind the running one.
    static let maximumWaiting = 4

    private enum Admission {
        case admitted
        case full
        case cancelled
    }

    private struct Waiter {
        let ticket: Int
        let continuation: CheckedContinuation<Admission, Never>
    }

    private struct State {
        /// The waiting turns of each key with a running turn, possibly none.
        var lines: [Key: [Waiter]] = [:]
        var lastTicket = 0
    }

    private let state = Mutex(State())

    /// Returns when the turn may run; `leave` lets the next one in.
    ///
    /// - Throws: `TurnError.conversationBusy` when the queue is full, `CancellationError`.
    func enter(_ key: Key) async throws {
        switch await wait(for: key) {
        case .admitted: break
        case .full: throw TurnError.conversationBusy
        case .cancelled: throw CancellationError()
        }
    }

    /// Enters if no turn with this key runs, without waiting.
    func enterIfFree(_ key: Key) -> Bool {
        state.withLock { state in
            guard state.lines[key] == nil else { return false }
            state.lines[key] = []
            return true
        }
    }

    func leave(_ key: Key) {
        let next = state.withLock { state -> Waiter? in
            guard state.lines[key]?.isEmpty == false else {
                state.lines[key] = nil
                return nil
            }
            return state.lines[key]?.removeFirst()
        }
        next?.continuation.resume(returning: .admitted)
    }

    private func wait(for key: Key) async -> Admission {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let atOnce: Admission? = state.withLock { state in
                    guard !Task.isCancelled else { return .cancelled }
                    guard let line = state.lines[key] else {
                        state.lines[key] = []
                        return .admitted
                    }
                    guard line.count < Self.maximumWaiting else { return .full }
                    state.lines[key]?.append(Waiter(ticket: ticket, continuation: continuation))
                    return nil
                }
                if let atOnce { continuation.resume(returning: atOnce) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.lines[key]?.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.lines[key]?.remove(at: index)
            }
            waiter?.continuation.resume(returning: .cancelled)
        }
    }
}
