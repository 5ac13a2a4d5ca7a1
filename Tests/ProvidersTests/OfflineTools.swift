import Foundation
import JSON
import ProviderKit

/// The tools over rows in memory, complete enough for whole turns.
struct OfflineTools {
    struct Row: Equatable {
        let id: Int
        var title: String
        var completed = false
        var due: String?
        var tags: [String] = []
        var priority = "medium"

        var json: JSONValue {
            [
                "id": .integer(id), "title": .string(title), "description": nil, "completed": .bool(completed),
                "priority": .string(priority), "tags": .array(tags.map(JSONValue.string)),
                "due_at": due.map(JSONValue.string) ?? .null, "recurrence": nil,
                "created_at": "2026-11-20T08:00:00Z", "updated_at": "2026-11-20T08:00:00Z",
                "completed_at": completed ? "2026-11-21T08:00:00Z" : nil, "version": 1,
            ]
        }
    }

    var rows: [Row] = []
    private var nextID = 1
    private var history: [(kind: String, id: Int, rows: [Row])] = []
    private var undone: (kind: String, id: Int, rows: [Row])?
    /// All calls that were run.
    private(set) var log: [String] = []

    init(_ titles: String...) {
        for title in titles { _ = run("add_task", ["title": .string(title)]) }
        log = []
    }

    var titles: [String] { rows.map(\.title) }
    var completed: [Int] { rows.filter(\.completed).map(\.id) }

    mutating func run(_ tool: String, _ arguments: JSONObject) -> JSONValue {
        log.append(tool)
        let before = rows
        let id = arguments["task_id"]?.integer
        let index = rows.firstIndex { $0.id == id }
        switch tool {
        case "list_tasks":
            let status = arguments["status"]?.string
            let priority = arguments["priority"]?.string
            let found = rows.filter { row in
                (status == "all" || row.completed == (status == "completed"))
                    && (priority == nil || row.priority == priority)
            }
            return .array(found.prefix(arguments["limit"]?.integer ?? 50).map(\.json))
        case "search_tasks":
            let words = (arguments["query"]?.string ?? "").lowercased().split(separator: " ")
            return .array(rows.filter { row in words.allSatisfy(row.title.lowercased().contains) }.map(\.json))
        case "get_task": return index.map { rows[$0].json } ?? missing(id)
        case "add_task":
            var row = Row(id: nextID, title: arguments["title"]?.string ?? "")
            guard !row.title.isEmpty, row.title.count <= 200 else {
                return ["error": ["code": "validation_failed", "message": "title: must have 1 to 200 characters"]]
            }
            row.due = arguments["due_at"]?.string
            row.priority = arguments["priority"]?.string ?? "medium"
            row.tags = arguments["tags"]?.array?.compactMap(\.string) ?? []
            nextID += 1
            rows.append(row)
            history.append(("create", row.id, before))
            return ["task_id": .integer(row.id), "status": "created", "title": .string(row.title)]
        case "bulk_update_tasks": return bulk(arguments)
        case "undo":
            // The change 2 is the undo of the call before.
            if arguments["change_id"] == 2, let again = undone {
                undone = nil
                rows = again.rows
                return Self.undone(again.kind, again.id, before)
            }
            guard let last = history.popLast() else {
                return ["error": ["code": "not_found", "message": "There is nothing to undo."]]
            }
            rows = last.rows
            undone = (last.kind, last.id, before)
            return Self.undone(last.kind, last.id, before + rows)
        default: break
        }
        guard let id, let index else { return missing(id) }
        history.append((tool, id, before))
        let title = JSONValue.string(rows[index].title)
        switch tool {
        case "complete_task":
            let completed = arguments["completed"]?.bool ?? true
            rows[index].completed = completed
            return ["task_id": .integer(id), "status": completed ? "completed" : "reopened", "title": title]
        case "delete_task":
            rows.remove(at: index)
            return ["task_id": .integer(id), "status": "deleted", "title": title]
        default:
            if let title = arguments["title"]?.string { rows[index].title = title }
            if let due = arguments["due_at"] { rows[index].due = due.string }
            if let priority = arguments["priority"]?.string { rows[index].priority = priority }
            if let tags = arguments["tags"]?.array { rows[index].tags = tags.compactMap(\.string) }
            return ["task_id": .integer(id), "status": "updated", "title": .string(rows[index].title)]
        }
    }

    private static func undone(_ kind: String, _ id: Int, _ rows: [Row]) -> JSONValue {
        let title = rows.first { $0.id == id }?.title ?? ""
        return [
            "undone": [
                [
                    "id": 1, "kind": .string(kind), "task_id": .integer(id), "before": nil,
                    "after": ["title": .string(title)], "undone_by": 2,
                ]
            ]
        ]
    }

    private mutating func bulk(_ arguments: JSONObject) -> JSONValue {
        let status = arguments["status"]?.string
        let ids =
            arguments["task_ids"]?.array?.compactMap(\.integer)
            ?? rows.filter { status == "all" || $0.completed == (status == "completed") }.map(\.id)
        let action = arguments["action"]?.string ?? ""
        if action == "delete", ids.count > 1 {
            let named = rows.filter { ids.contains($0.id) }.map { row -> JSONValue in
                ["id": .integer(row.id), "title": .string(row.title)]
            }
            return [
                "error": [
                    "code": "confirmation_required", "message": "This deletes several tasks.",
                    "confirmation_id": "c1", "tasks": .array(named),
                ]
            ]
        }
        for index in rows.indices where ids.contains(rows[index].id) { rows[index].completed = action == "complete" }
        if action == "delete" { rows.removeAll { ids.contains($0.id) } }
        return [
            "count": .integer(ids.count), "task_ids": .array(ids.map(JSONValue.integer)), "action": .string(action),
        ]
    }

    private func missing(_ id: Int?) -> JSONValue {
        let near = rows.prefix(1).map { row -> JSONValue in ["id": .integer(row.id), "title": .string(row.title)] }
        return [
            "error": [
                "code": "not_found", "message": .string("There is no task \(id ?? 0)."),
                "suggestions": .array(near),
            ]
        ]
    }

    static let names = [
        "add_task", "list_tasks", "get_task", "update_task", "complete_task", "delete_task", "search_tasks",
        "bulk_update_tasks", "undo",
    ]
}
