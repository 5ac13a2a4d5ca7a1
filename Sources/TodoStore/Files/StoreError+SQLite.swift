import GRDB

extension StoreError {
    /// What an error of SQLite means to the store. Neither SQL nor values nor paths go into it.
    init(_ error: any Error, folder: DataFolder) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unavailable(reason: "unexpected \(type(of: error))")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = folder.hasSpace() ? .quotaExceeded(.bytes) : .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: self = .corrupt
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unavailable(reason: "another process holds the database")
        default: self = .unavailable(reason: "SQLite \(error.extendedResultCode)")
        }
    }
}
