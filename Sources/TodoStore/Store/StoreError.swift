/// An error of the store.
package enum StoreError: Error, Hashable, Sendable {
    /// A kind of item that can be missing.
    package enum Item: String, Sendable {
        case task, conversation, turn, change, user
    }

    /// A limit on what one user, or one tenant, may store.
    package enum Quota: String, Sendable {
        case tasks, conversations, messages, users, bytes
    }

    case notFound(Item)
    /// The task has another version than the caller expects.
    case versionMismatch(current: Int)
    case quotaExceeded(Quota)
    /// The tasks of an undo were changed since.
    case changedSince([Change.Difference])
    /// The change was undone already.
    case alreadyUndone(by: Int)
    /// The cursor is of another list.
    case badCursor
    /// The step is stored already, or the turn is not the caller's any more.
    case stepRefused
    /// The idempotency key is taken.
    case keyTaken
    /// The disk is full.
    case full
    /// The user's data is damaged. It is left as it is, and refused.
    case corrupt
    /// The data was written by a newer version.
    case newerSchema
    /// The data belongs to another user or tenant.
    case wrongOwner
    /// The work took longer than one request may; nothing of it was stored.
    case tooMuchWork
    /// Too many requests wait for the store.
    case overloaded
    /// The connection was lost while the work was being stored: nobody knows whether it was. Done again with the same
    /// idempotency key, it has its effect once.
    case outcomeUnknown
    /// The store is closed.
    case closed
    /// The data cannot be used now; the reason names no path and no user.
    case unavailable(reason: String)
}
