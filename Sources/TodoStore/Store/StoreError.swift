/// The reason why the store refused an operation.
package enum StoreError: Error, Hashable, Sendable {
    /// A kind of item that was not found.
    package enum Item: String, Sendable {
        case task, conversation, turn, change, user
    }

    /// A limit on what one user may store.
    package enum Quota: String, Sendable {
        case tasks, conversations, messages, users, bytes
    }

    case notFound(Item)
    /// The task is not the one that the caller has seen.
    case versionMismatch(current: Int)
    case quotaExceeded(Quota)
    /// What is to be taken back was changed since.
    case changedSince([Change.Difference])
    /// What is to be taken back was taken back already.
    case alreadyUndone(by: Int)
    /// The cursor is of another list.
    case badCursor
    /// The step of this turn is stored already; or the turn has ended.
    case stepRefused
    /// The idempotency key is taken.
    case keyTaken
    /// The disk is full.
    case full
    /// The file is damaged. It is left as it is, and refused.
    case corrupt
    /// The file was written by a newer version.
    case newerSchema
    /// The file belongs to another user or tenant.
    case wrongOwner
    /// The work exceeded the time of one request; nothing was stored.
    case tooMuchWork
    /// More users at once than may wait.
    case overloaded
    /// The store is closed.
    case closed
    /// The file cannot be used now; the reason names no path and no user.
    case unavailable(reason: String)
}
