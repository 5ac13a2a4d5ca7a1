/// The steps that a message has cost, and the bound after which it is too long for us.
///
/// A step is what takes about 20 ns in a release build: a token that a pattern looks at, eight bytes of text. Whoever
/// loops over what a user or a tool has written counts here and ends early once the bound is passed; what was read by then
/// means nothing.
package final class Work {
    /// What understanding a message may cost, and again what its results may: see `make bench BENCH=offline`.
    package static let limit = 300_000

    private let limit: Int
    package private(set) var steps = 0

    package init(limit: Int = Work.limit) { self.limit = limit }

    var isSpent: Bool { steps > limit }

    /// Counts steps; false when there were too many.
    @discardableResult
    func spend(_ count: Int = 1) -> Bool {
        steps += count
        return steps <= limit
    }
}
