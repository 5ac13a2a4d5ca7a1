import TodoStore

/// The state of a database that a copy was made of.
package struct Snapshot: Sendable {
    /// The stamp of `UserEntry`; nil if the file system keeps no times.
    package let stamp: String?

    package init(stamp: String?) { self.stamp = stamp }
}

extension OpenDatabase {
    /// On the database's actor, so that nothing is written between the copy and the stamp.
    func snapshot(to path: String, source: String) throws -> Snapshot {
        try snapshot(to: path)
        return Snapshot(stamp: DatabaseStamp.marking(path: source)?.text)
    }
}
