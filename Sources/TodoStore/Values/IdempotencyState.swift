/// How far a request with an `Idempotency-Key` has come.
package enum IdempotencyState: String, CaseIterable, Sendable {
    case running, done, interrupted
    /// It has ended the process twice, and is not tried again.
    case abandoned
}
