/// A counter of the steps that a message takes, with a limit beyond which the message is refused.
///
/// A step takes 20 to 120 ns in a release build: a token that a pattern checks, or eight bytes of text. Each loop over
/// the text of a user or a tool counts its steps and ends early beyond the limit; its result is then invalid.
package final class Work {
    /// The limit for understanding a message, and again for its results; see `make bench BENCH=offline`.
    package static let limit = 80_000

    private let limit: Int
    package private(set) var steps = 0

    package init(limit: Int = Work.limit) { self.limit = limit }

    var isSpent: Bool { steps > limit }

    /// Counts steps; returns false beyond the limit.
    @discardableResult
    func spend(_ count: Int = 1) -> Bool {
        steps += count
        return steps <= limit
    }
}
