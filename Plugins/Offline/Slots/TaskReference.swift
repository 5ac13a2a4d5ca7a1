/// Which task a sentence speaks of, before anything is looked up.
indirect enum TaskReference: Sendable, Hashable {
    case ids([Int])
    /// Words of a title; `parts` where "and" may also mean several tasks.
    case title(String, parts: [String])
    /// Places in the list that was shown last, from 1; negative from its end.
    case places([Int])
    /// The first so many of the list that was shown last, or the last so many.
    case firstPlaces(Int)
    case lastPlaces(Int)
    /// "it", "that one".
    case it
    /// "them", "both".
    case them
    /// "all completed tasks".
    case all(TaskFilter)
    case several([TaskReference])

    /// Whether it names a task beyond doubt, without words of a title.
    var isExplicit: Bool {
        switch self {
        case .title: false
        case .several(let references): references.allSatisfy(\.isExplicit)
        default: true
        }
    }

    /// The steps that looking its words up may take.
    var lookups: Int {
        switch self {
        case .title(let title, let parts): ([title] + parts).reduce(0) { $0 + TitleMatcher.steps(for: $1) }
        case .several(let references): references.reduce(0) { $0 + $1.lookups }
        default: 0
        }
    }

    /// Whether it needs what was said before.
    var needsContext: Bool {
        switch self {
        case .ids, .title, .all: false
        case .several(let references): references.contains(where: \.needsContext)
        default: true
        }
    }
}
