import ProviderKit

/// The part of a conversation's history that a target is sent.
///
/// One message in the history can make a provider refuse every later request of a conversation. After a refusal of a
/// request for its content, smaller parts are tried in turn, so that the conversation goes on.
struct HistoryCut: Sendable {
    /// The ids of the turns, oldest first.
    let turns: [Int]
    /// The turns that are left out.
    private(set) var omitted: Set<Int>
    private let base: [Int]
    private var smaller: [[Int]]?
    /// Whether the history is certainly the reason, so that it is left out of later requests at once.
    private(set) var isCertain = true

    /// - Parameter omitted: The turns without which an earlier request of the conversation was accepted.
    init(turns: [Int], omitted: Set<Int> = []) {
        self.turns = turns
        self.omitted = omitted.intersection(turns)
        base = turns.filter { !omitted.contains($0) }
    }

    /// Leaves out more after an error.
    ///
    /// - Parameter retries: The number of retries that preceded the error.
    /// - Returns: Whether a request with less history may be accepted.
    mutating func shrink(after error: ProviderError, retries: Int) -> Bool {
        guard !base.isEmpty, Self.isRefusal(error) || Self.isRepeatedDefect(error, retries: retries) else {
            return false
        }
        var parts = smaller ?? Self.parts(of: base, after: error)
        guard !parts.isEmpty else { return false }
        let kept = Set(parts.removeFirst())
        smaller = parts
        omitted = Set(turns).subtracting(kept)
        isCertain = error.kind != .overloaded
        return true
    }

    /// Whether the error is about the content of the request, and not about one answer of the model.
    private static func isRefusal(_ error: ProviderError) -> Bool {
        [.request, .policy, .context].contains(error.kind) && error.isRetryable != true
    }

    /// Whether a server has failed again at the same request, as some do for messages that they cannot process. Servers
    /// that are overloaded or restarting answer 502, 503, 504 or 529.
    private static func isRepeatedDefect(_ error: ProviderError, retries: Int) -> Bool {
        error.kind == .overloaded && error.status == 500 && retries >= 1
    }

    /// Returns the parts to try in turn: a message that is refused is probably the last one, otherwise in one of the
    /// halves; a conversation that is too long loses its oldest part.
    private static func parts(of turns: [Int], after error: ProviderError) -> [[Int]] {
        let half = turns.count / 2
        let parts: [[Int]] =
            switch error.kind {
            case .request: [turns.dropLast(), turns.suffix(half), turns.dropLast(half)].map(Array.init) + [[]]
            case .context: [turns.suffix(half), turns.suffix(turns.count / 8)].map(Array.init) + [[]]
            // A refusal by policy is not tried out, and a failing server is not asked often.
            default: [[]]
            }
        var seen: Set<[Int]> = [turns]
        return parts.filter { seen.insert($0).inserted }
    }
}
