/// A reference to tasks in a sentence, before any lookup.
indirect enum TaskReference: Sendable, Hashable {
    case ids([Int])
    /// The words of a title; `parts` if "and" can also separate several tasks.
    case title(String, parts: [String])
    /// Places in the list that was shown last, from 1; negative from its end.
    case places([Int])
    /// The first places of the list that was shown last; negative for the last ones.
    case firstPlaces(Int)
    case lastPlaces(Int)
    /// "it", "that one".
    case it
    /// "them", "both".
    case them
    /// "all completed tasks".
    case all(TaskFilter)
    case several([TaskReference])
    /// "everything except task 1".
    case except(TaskReference, TaskReference)

    /// Whether the reference is unambiguous, without the words of a title.
    var isExplicit: Bool {
        switch self {
        case .title: false
        case .several(let references): references.allSatisfy(\.isExplicit)
        case .except(let whole, _): whole.isExplicit
        default: true
        }
    }

    /// The maximum number of steps for looking up its words.
    var lookups: Int {
        switch self {
        case .title(let title, let parts):
            ([title] + parts + [HeadNoun.removed(from: title)].compactMap(\.self)).reduce(0) {
                $0 + TitleMatcher.steps(for: $1)
            }
        case .several(let references): references.reduce(0) { $0 + $1.lookups }
        case .except(let whole, let exception): whole.lookups + exception.lookups
        default: 0
        }
    }

    /// Whether the reference depends on earlier turns.
    var needsContext: Bool {
        switch self {
        case .ids, .title, .all: false
        case .several(let references): references.contains(where: \.needsContext)
        case .except(let whole, let exception): whole.needsContext || exception.needsContext
        default: true
        }
    }

    /// Returns the reference with a status for "everything" where the sentence names none.
    func filled(status: TaskFilter.Status) -> TaskReference {
        switch self {
        case .all(var filter):
            if filter.status == .all || filter.status == nil { filter.status = status }
            return .all(filter)
        case .except(let whole, let exception): return .except(whole.filled(status: status), exception)
        default: return self
        }
    }

    /// Whether the tasks are those of a list at that time.
    var readsList: Bool {
        switch self {
        case .all, .except: true
        default: false
        }
    }
}
