extension StoreError {
    /// A description for the operator, without paths, users and SQL.
    package var explanation: String {
        switch self {
        case .notFound(let item): "there is no such \(item.rawValue)"
        case .quotaExceeded(let quota): "the limit on \(quota.rawValue) is reached"
        case .full: "the disk is full"
        case .corrupt: "the file is damaged, or is not a database of a user"
        case .newerSchema: "the file was written by a newer version"
        case .wrongOwner: "the file belongs to another user or tenant"
        case .tooMuchWork: "the work limit of one request was exceeded; request less at once"
        case .overloaded: "the server is busy; try again"
        case .outcomeUnknown: "the connection to the database was lost while storing; the change may have been stored"
        case .closed: "the server is shutting down"
        case .unavailable(let reason): reason
        default: "\(self)"
        }
    }
}
