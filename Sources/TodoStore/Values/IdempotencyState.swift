/// The state of a request with an `Idempotency-Key`.
package enum IdempotencyState: String, CaseIterable, Sendable {
    case running, done, interrupted
    /// The process has ended twice during the request, so it is not tried again.
    case abandoned
}
