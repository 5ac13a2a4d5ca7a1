import Time

/// A reason for which a transaction ends without a result, and is run again once it is dealt with.
///
/// Found with the first answer of the server, in the middle of the work, which may pass it on or swallow it: the rows remember
/// it.
enum TransactionInterruption: Error {
    /// The user has nothing stored.
    case noAccount
    /// There are turns or keys of a node whose lease is over.
    case orphans
    /// The clock by which the work began is behind that of the user's last write.
    case clock(Timestamp)
}
