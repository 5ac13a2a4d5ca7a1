/// Decides what follows a failed attempt. It waits for nothing itself: times and chance come in, a verdict goes out.
package struct RetryPolicy: Sendable {
    package enum Verdict: Sendable, Hashable {
        case again(after: Duration)
        case nextTarget
        /// The failure is the answer: no other target is asked.
        case surface
    }

    /// Retries of one message on all targets together, besides the first attempt at each.
    package var maximumRetries = 3
    package var firstBackoff = Duration.milliseconds(500)
    package var longestBackoff = Duration.seconds(8)
    /// A provider that asks for more than this is not waited for.
    package var longestWait = Duration.seconds(60)

    package init() {}

    /// - Parameters:
    ///   - retries: those at this target so far.
    ///   - total: those of this message so far, whatever the target.
    ///   - hasShownText: whether the user has seen a part of what failed.
    ///   - remaining: what is left of the turn's deadline.
    ///   - chance: from 0 up to 1, so that many turns do not come back at once.
    package func verdict(
        after error: ProviderError, retries: Int, total: Int, hasShownText: Bool, remaining: Duration, chance: Double
    ) -> Verdict {
        // A refusal for what was said is the answer: another model is not asked until one agrees.
        if error.kind == .policy { return .surface }
        guard !hasShownText, total < maximumRetries, retries < Self.allowance(for: error) else { return .nextTarget }
        let wait = error.retryAfter ?? backoff(after: error, retries: retries, chance: chance)
        return wait < remaining && wait <= longestWait ? .again(after: wait) : .nextTarget
    }

    /// How often one target may be asked again after this.
    private static func allowance(for error: ProviderError) -> Int {
        if error.isRetryable == false { return 0 }
        return switch error.kind {
        case .rateLimited, .overloaded, .unreachable: 2
        // What a model wrote wrongly it may write rightly the next time.
        case .misbehaved, .truncated: 1
        case .request: error.isRetryable == true ? 1 : 0
        // A silent route has cost its time already; the others do not change by asking again.
        case .firstByteTimeout, .idleTimeout, .noRoom, .key, .credit, .model, .policy, .context: 0
        }
    }

    private func backoff(after error: ProviderError, retries: Int, chance: Double) -> Duration {
        // A limit of requests does not pass within half a second.
        let first = error.kind == .rateLimited ? firstBackoff * 2 : firstBackoff
        return min(longestBackoff, first * (1 << min(retries, 8))) * (0.75 + 0.25 * chance)
    }
}
