/// The results of a segment as they arrive, and what is known of its COMMIT.
struct SegmentResults {
    private(set) var results: [PostgresResult] = []
    /// The first error; nil while there is none.
    private(set) var error: PostgresError?
    /// Whether the segment may have committed, or may yet.
    private(set) var mayHaveCommitted: Bool

    init(mayCommit: Bool) {
        mayHaveCommitted = mayCommit
    }

    mutating func append(_ result: PostgresResult) { results.append(result) }

    /// Notes an error.
    ///
    /// - Parameter aborts: Whether the server has undone the transaction, with everything that was to come up to the Sync.
    mutating func fail(_ error: PostgresError, aborts: Bool) {
        if self.error == nil { self.error = error }
        if aborts { mayHaveCommitted = false }
    }

    /// Returns the error to throw when the connection ends with `error` before the results are complete.
    func error(endingWith error: PostgresError) -> PostgresError {
        mayHaveCommitted ? .outcomeUnknown : self.error ?? error
    }

    /// Returns the error to throw after all results have been read; nil for success.
    ///
    /// - Parameter hasWarning: Whether the server warned: that it no longer waits for the standby, among others.
    func error(hasWarning: Bool) -> PostgresError? {
        // An error that was not the server's, such as that of a large result, does not keep a transaction from committing.
        if mayHaveCommitted && (hasWarning || error != nil) { return .outcomeUnknown }
        return error
    }
}
