import JSON
import Testing

/// A message, and the expected first calls: `tool {arguments}` each; none for an immediate answer.
struct OfflineUtterance: Sendable, CustomTestStringConvertible {
    let text: String
    let calls: [String]

    init(_ text: String, _ calls: String...) {
        self.text = text
        self.calls = calls
    }

    var testDescription: String { text }

    static func list(_ status: String, _ more: String = "") -> String {
        #"list_tasks {"status":"\#(status)","limit":100\#(more.isEmpty ? "" : "," + more)}"#
    }
    static func search(_ words: String) -> String { #"search_tasks {"query":"\#(words)","limit":20}"# }
    static func add(_ title: String, _ more: String = "") -> String {
        #"add_task {"title":"\#(title)"\#(more.isEmpty ? "" : "," + more)}"#
    }
    static func due(_ time: String) -> String { #""due_at":"\#(time)Z""# }
    static func complete(_ id: Int) -> String { #"complete_task {"task_id":\#(id)}"# }
    static func reopen(_ id: Int) -> String { #"complete_task {"task_id":\#(id),"completed":false}"# }
    static func delete(_ id: Int) -> String { #"delete_task {"task_id":\#(id)}"# }
    static func get(_ id: Int) -> String { #"get_task {"task_id":\#(id)}"# }
    static func update(_ id: Int, _ more: String) -> String { #"update_task {"task_id":\#(id),\#(more)}"# }
    static func bulk(_ action: String, _ more: String) -> String {
        #"bulk_update_tasks {"action":"\#(action)",\#(more)}"#
    }
}
