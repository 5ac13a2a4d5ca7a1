extension StoreError {
    /// A description for the operator, without paths, users and SQL.
    package var explanation: String {
        switch self {
        case .notFound(let item): "there is no such \(item.rawValue)"
        case .quotaExceeded(let quota): "there is no room for more \(quota.rawValue)"
        case .full: "the disk is full"
        case .corrupt: "the file is damaged, or is no database of a user"
        case .newerSchema: "the file was written by a newer version"
        case .wrongOwner: "the file belongs to another user or tenant"
        case .tooMuchWork: "it took more work than one request may; ask for less at once"
        case .overloaded: "the server is busy; try again"
        case .closed: "the server is ending"
        case .unavailable(let reason): reason
        default: "\(self)"
        }
    }

    /// Whether the error concerns one file and not the server.
    var isAboutFile: Bool {
        switch self {
        case .corrupt, .newerSchema, .wrongOwner, .unavailable: true
        default: false
        }
    }
}
