/// Where the data is, and how much of it is open at once.
package struct StoreConfiguration: Sendable {
    package var folder: String
    /// Databases that are open at once; each takes two file descriptors and 60 KB.
    package var capacity: Int
    /// Requests that may wait for a database to open.
    package var maxWaiting: Int

    package init(folder: String, capacity: Int = 1000, maxWaiting: Int = 1000) {
        self.folder = folder
        self.capacity = max(capacity, 1)
        // Without anyone waiting for room, no room would be made.
        self.maxWaiting = max(maxWaiting, 1)
    }
}
