package import JSON

/// What is done to several tasks at once.
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

    /// Reads `action` and `priority`; what is wrong is in `fields`, whose `finish()` decides whether the change counts.
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

extension FieldReader {
    /// Ids of tasks, each once, in the order in which they were given; nil for absent, null and wrong.
    package mutating func taskIDs(_ name: String) -> [Int]? {
        let ids = optional(
            name,
            { value in
                value.array.flatMap { elements in
                    let ids = elements.compactMap(\.integer)
                    return ids.count == elements.count ? ids : nil
                }
            }, "an array of whole numbers")
        guard let ids else { return nil }
        guard (1...1000).contains(ids.count) else {
            fail(name, "must have 1 to 1000 elements")
            return nil
        }
        var seen: Set<Int> = []
        return ids.filter { seen.insert($0).inserted }
    }
}
