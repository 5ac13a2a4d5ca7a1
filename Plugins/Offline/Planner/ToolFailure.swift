import JSON

/// A result that is an error or requires the user's confirmation.
struct ToolFailure {
    let code: String
    let message: String
    /// The suggested tasks, or those that need the confirmation.
    let tasks: [TaskRow]

    var needsConfirmation: Bool { code == "confirmation_required" }

    /// Returns nil when the result is not a failure.
    init?(_ result: JSONValue) {
        if let error = result["error"] {
            code = error["code"]?.string ?? "error"
            message = error["message"]?.string ?? error.string ?? ""
            tasks = (error["suggestions"]?.array ?? error["tasks"]?.array ?? result["tasks"]?.array ?? [])
                .compactMap(TaskRow.init)
        } else if let confirmation = result["confirmation_required"] {
            code = "confirmation_required"
            message = ""
            tasks = (confirmation["tasks"]?.array ?? result["tasks"]?.array ?? []).compactMap(TaskRow.init)
        } else if result["confirmation_id"] != nil {
            code = "confirmation_required"
            message = result["message"]?.string ?? ""
            tasks = (result["tasks"]?.array ?? []).compactMap(TaskRow.init)
        } else {
            return nil
        }
    }
}
