/// The policy that decides what follows a failed attempt: a pure function of times, counts and chance.
package struct RetryPolicy: Sendable {
    package enum Verdict: Sendable, Hashable {
        case again(after: Duration)
        case nextTarget
        /// Reports the failure without trying another target.
        case surface
    }

    /// The maximum number of retries per message over all targets, not counting the first attempt at each.
    package var maximumRetries = 3
    package var firstBackoff = Duration.milliseconds(500)
    package var longestBackoff = Duration.seconds(8)
    /// The maximum delay requested by a provider that is waited for.
    package var longestWait = Duration.seconds(60)

    package init() {}

    /// Returns the verdict on a failed attempt.
    ///
    /// - Parameters:
    ///   - retries: The number of retries of this target so far.
    ///   - total: The number of retries of this message so far, over all targets.
    ///   - hasShownText: Whether the user has seen a part of the failed answer.
    ///   - remaining: The time until the turn's deadline.
    ///   - chance: A random number from 0 up to 1, which spreads the retries of many turns.
    package func verdict(
        after error: ProviderError, retries: Int, total: Int, hasShownText: Bool, remaining: Duration, chance: Double
    ) -> Verdict {
        // A policy refusal is final: other models must not be tried until one agrees.
        if error.kind == .policy { return .surface }
        guard !hasShownText, total < maximumRetries, retries < Self.allowance(for: error) else { return .nextTarget }
        let wait = error.retryAfter ?? backoff(after: error, retries: retries, chance: chance)
        return wait < remaining && wait <= longestWait ? .again(after: wait) : .nextTarget
    }

    /// Returns the number of retries of one target for this error.
    private static func allowance(for error: ProviderError) -> Int {
        if error.isRetryable == false { return 0 }
        return switch error.kind {
        case .rateLimited, .overloaded, .unreachable: 2
        // A model may produce a valid answer the next time.
        case .misbehaved, .truncated: 1
        case .request: error.isRetryable == true ? 1 : 0
        // A silent target has used up its time; the other errors do not change with a retry.
        case .firstByteTimeout, .idleTimeout, .noRoom, .key, .credit, .model, .policy, .context: 0
        }
    }

    private func backoff(after error: ProviderError, retries: Int, chance: Double) -> Duration {
        // A rate limit does not end within half a second.
        let first = error.kind == .rateLimited ? firstBackoff * 2 : firstBackoff
        return min(longestBackoff, first * (1 << min(retries, 8))) * (0.75 + 0.25 * chance)
    }
}
