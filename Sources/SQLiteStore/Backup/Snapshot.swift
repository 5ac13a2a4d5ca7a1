import TodoStore

/// What a copy of a database was taken of.
package struct Snapshot: Sendable {
    /// The stamp as in `UserEntry`; nil when the file system has no times.
    package let stamp: String?

    package init(stamp: String?) { self.stamp = stamp }
}

extension OpenDatabase {
    /// On the database's actor, so that nothing is written between the copy and the stamp.
    func snapshot(to path: String, source: String) throws -> Snapshot {
        try snapshot(to: path)
        return Snapshot(stamp: FileStamp.marking(path: source)?.text)
    }
}
