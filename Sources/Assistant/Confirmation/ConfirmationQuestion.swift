import Text
import TodoStore

/// The question that the server appends to the answer of a turn that needs a confirmation: the action, the number of
/// tasks, and some of them. The user confirms this text, whatever the model has written.
struct ConfirmationQuestion {
    /// The changes of one kind.
    private struct Group {
        let kind: Change.Kind
        var count = 0
        /// The first tasks.
        var lines: [(id: Int, title: String?)] = []
    }

    /// The maximum number of listed tasks; the others are counted.
    static let namedTasks = 20
    /// The maximum number of Unicode scalars of a title.
    private static let titleLength = 100

    private let groups: [Group]
    private let unnamed: Int

    /// Returns nil for a turn without changes to confirm.
    init?(turn: Int, in reader: UserReader) throws {
        let changes = try reader.wantedChanges(turn: turn)
        guard !changes.isEmpty else { return nil }
        var groups: [Change.Kind: Group] = [:]
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

    /// Returns the question in a line, for a result of which no tasks are listed below an answer.
    static func sentence(_ counts: [Change.Kind: Int], in language: AnswerLanguage) -> String {
        let words = language.confirmation
        return words.sentence(
            order.compactMap { kind in counts[kind].map { words.heading(kind, $0) } }.joined(separator: ", "))
    }

    /// Deletions first, as they weigh most.
    private static let order: [Change.Kind] = [.deleted, .completed, .reopened, .updated, .created]

    func text(in language: AnswerLanguage) -> String {
        let words = language.confirmation
        var lines = [words.opening]
        for group in groups {
            lines.append(words.heading(group.kind, group.count) + ":")
            lines += group.lines.map { line in
                // A title is the user's data, so it is limited to one line and a length.
                let title = line.title.map { ": " + $0.printable(limit: Self.titleLength) } ?? ""
                return "- \(words.task) \(line.id)\(title)"
            }
        }
        if unnamed > 0 { lines.append(words.more(unnamed)) }
        lines.append(words.closing)
        return lines.joined(separator: "\n")
    }
}
