import JSON
import ProviderKit

/// A task that the conversation has deleted.
struct DeletedTask {
    /// The task, as the conversation saw it last.
    let row: TaskRow
    /// Whether the deletion is the only change of the last turn that changed anything.
    let isLastChange: Bool

    /// The maximum length of the results that are read, newest first, in bytes.
    private static let maximumBytes = 64 << 10

    /// Returns the tasks that are still deleted, newest first.
    static func all(in turns: [Conversation.Turn], _ work: Work) -> [DeletedTask] {
        var steps: [(turn: Int, step: Conversation.Step)] = []
        var bytes = 0
        for (index, turn) in turns.enumerated().reversed() {
            for step in turn.steps.reversed() {
                bytes += step.content.utf8.count
                if bytes <= maximumBytes { steps.append((index, step)) }
            }
        }
        var known: [Int: TaskRow] = [:]
        var deleted: [(turn: Int, row: TaskRow)] = []
        var changes: [Int: Int] = [:]
        for (turn, step) in steps.reversed() {
            let result = step.result(work)
            for row in TaskRow.rows(result) ?? [TaskRow(result["task"] ?? result)].compactMap(\.self) {
                // The result of a change has the title alone.
                if row.isCompleted != nil || known[row.id] == nil {
                    known[row.id] = row
                } else {
                    known[row.id]?.title = row.title
                }
            }
            guard let tool = ToolName(rawValue: step.call.name), tool.changesTasks, ToolFailure(result) == nil
            else { continue }
            changes[turn, default: 0] += 1
            switch tool {
            case .delete: deleted.append((turn, row(result["task_id"]?.integer, known)))
            case .bulk where result["action"]?.string == "delete":
                let ids = (result["task_ids"]?.array ?? []).compactMap(\.integer)
                changes[turn, default: 0] += ids.count
                deleted += ids.map { (turn, row($0, known)) }
            case .add: deleted.removeAll { $0.row.title == result["title"]?.string }
            case .undo:
                let back = Set(UndoneChange.all(in: result).map(\.taskID))
                deleted.removeAll { back.contains($0.row.id) }
            default: break
            }
        }
        let last = changes.keys.max()
        return deleted.reversed().filter { $0.row.id != 0 }.map {
            DeletedTask(row: $0.row, isLastChange: $0.turn == last && changes[$0.turn] == 1)
        }
    }

    private static func row(_ id: Int?, _ known: [Int: TaskRow]) -> TaskRow {
        id.flatMap { known[$0] } ?? TaskRow(id: id ?? 0)
    }
}
