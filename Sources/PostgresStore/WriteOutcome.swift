/// The fate of a write whose COMMIT was not answered, as its account's row tells.
enum WriteOutcome: Hashable {
    case stored, missing
    /// Others have written since: which of the writes was the first is not known.
    case unknown

    /// - Parameters:
    ///   - before: the revision that the write began with.
    ///   - found: the revision now.
    ///   - isOwn: whether the last write is this one.
    init(before: Int, found: Int, isOwn: Bool) {
        self =
            switch found {
            case _ where isOwn: .stored
            // Under the lock of the row, a write is the next one or none.
            case ...(before + 1): .missing
            default: .unknown
            }
    }
}
