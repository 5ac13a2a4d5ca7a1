import GRDB
import TodoStore

extension StoreError {
    /// Converts an error of SQLite, without its SQL, values and paths.
    init(_ error: any Error, folder: DataFolder) {
        if let error = error as? StoreError {
            self = error
            return
        }
        if error is RowDecodingError {
            self = .corrupt
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unavailable(reason: "unexpected \(type(of: error))")
            return
        }
        switch error.resultCode {
        case .SQLITE_INTERRUPT: self = .tooMuchWork
        case .SQLITE_FULL: self = folder.hasSpace() ? .quotaExceeded(.bytes) : .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: self = .corrupt
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unavailable(reason: "another process holds the database")
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DBMOVED:
            self = .unavailable(reason: "the file was removed or replaced while it was open")
        case .SQLITE_READONLY,
            .SQLITE_IOERR where folder.isReadOnly, .SQLITE_CANTOPEN where folder.isReadOnly:
            self = .unavailable(reason: "the file or its disk is read-only")
        case .SQLITE_CANTOPEN: self = .unavailable(reason: "the file cannot be opened")
        case .SQLITE_IOERR
        where [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC].contains(error.extendedResultCode):
            self = .unavailable(reason: "a write could not be synced: the disk failed (fsync)")
        case .SQLITE_IOERR: self = .unavailable(reason: "the disk failed (SQLite \(error.extendedResultCode))")
        default: self = .unavailable(reason: "SQLite \(error.extendedResultCode)")
        }
    }
}
