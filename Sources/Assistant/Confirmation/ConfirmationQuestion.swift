import Text
import TodoStore

/// The question that the server itself puts below the answer of a turn which had to ask: what would be done, to how many
/// tasks and to which. A yes is a yes to this, whatever the model has said.
struct ConfirmationQuestion {
    /// The changes of one kind.
    private struct Group {
        let kind: ChangeKind
        var count = 0
        /// Of the first tasks only.
        var lines: [(id: Int, title: String?)] = []
    }

    /// Tasks that are named; of the others the number is told.
    static let namedTasks = 20
    /// Unicode scalars of a title that are shown.
    private static let titleLength = 100

    private let groups: [Group]
    private let unnamed: Int

    /// Nil for a turn that has nothing to ask.
    init?(turn: Int, in reader: UserReader) throws {
        let changes = try reader.wantedChanges(turn: turn)
        guard !changes.isEmpty else { return nil }
        var groups: [ChangeKind: Group] = [:]
        var named = 0
        for kind in Self.order {
            for change in changes where change.kind == kind {
                var group = groups[kind] ?? Group(kind: kind)
                group.count += 1
                if named < Self.namedTasks {
                    named += 1
                    group.lines.append((change.taskID, try reader.todo(change.taskID)?.title))
                }
                groups[kind] = group
            }
        }
        self.groups = Self.order.compactMap { groups[$0] }
        unnamed = changes.count - named
    }

    /// Deletions first, as they weigh most.
    private static let order: [ChangeKind] = [.deleted, .completed, .reopened, .updated, .created]

    func text(in language: AnswerLanguage) -> String {
        let words = language.confirmation
        var lines = [words.opening]
        for group in groups {
            lines.append(words.heading(group.kind, group.count) + ":")
            lines += group.lines.map { line in
                // A title is the user's data: on one line, and not longer than a line should be.
                let title = line.title.map { ": " + $0.printable(limit: Self.titleLength) } ?? ""
                return "- \(words.task) \(line.id)\(title)"
            }
        }
        if unnamed > 0 { lines.append(words.more(unnamed)) }
        lines.append(words.closing)
        return lines.joined(separator: "\n")
    }
}
