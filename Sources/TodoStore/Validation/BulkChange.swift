package import JSON

/// An action on several tasks at once.
package enum BulkChange: Sendable, Hashable {
    case complete, reopen, delete
    case setPriority(Priority)

    /// The contract's names.
    package enum Action: String, CaseIterable, Sendable {
        case complete, reopen, delete
        case setPriority = "set_priority"
    }

    package var action: Action {
        switch self {
        case .complete: .complete
        case .reopen: .reopen
        case .delete: .delete
        case .setPriority: .setPriority
        }
    }

    /// Reads `action` and `priority`; errors are in `fields`, whose `finish()` decides whether the change counts.
    package init(fields: inout FieldReader) {
        let action = fields.required("action", { $0.string }, "a string").flatMap { text in
            let action = Action(rawValue: text)
            if action == nil {
                fields.fail("action", "must be one of \(Action.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return action
        }
        let priority = fields.choice("priority", Priority.self)
        if action == .setPriority, !fields.contains("priority") { fields.fail("priority", "is required") }
        if let action, action != .setPriority, priority != nil {
            fields.fail("priority", "goes with set_priority only")
        }
        self =
            switch action {
            case .reopen: .reopen
            case .delete: .delete
            case .setPriority: .setPriority(priority ?? .medium)
            case .complete, nil: .complete
            }
    }
}

extension BulkChange.Action {
    /// The tasks that an action with a status applies to: completing all tasks applies to the open ones.
    package func concerned(_ status: TodoQuery.Status) -> TodoQuery.Status {
        switch (self, status) {
        case (.complete, .all): .pending
        case (.reopen, .all): .completed
        default: status
        }
    }
}
