import TodoStore

extension StoreError {
    /// Whether the open file is not to be trusted any more.
    var isFault: Bool {
        switch self {
        case .corrupt, .unavailable: true
        default: false
        }
    }

    /// Whether it tells of the state of one file, and not of the server's.
    var isAboutFile: Bool {
        switch self {
        case .corrupt, .newerSchema, .wrongOwner, .unavailable: true
        default: false
        }
    }
}
