package import Postgres

/// The way to a database, and the limits on connections and on the work of one request.
package struct PostgresStoreConfiguration: Sendable {
    package var database: PostgresConfiguration
    /// Connections of this node, of which each tenant has at most half.
    package var connections: Int
    /// Requests that may wait for a connection.
    package var maxWaiting: Int
    /// The time that a request may wait for a connection.
    package var waitingTime: Duration
    /// The time that one transaction may take.
    package var workLimit: Duration
    /// The name of this node, as operators see it.
    package var nodeName: String
    package var nodeVersion: String
    /// The time for which the turns of a node are its own after its last sign of life.
    package var lease: Duration

    package init(
        database: PostgresConfiguration, connections: Int = 32, maxWaiting: Int = 1000,
        waitingTime: Duration = .seconds(2), workLimit: Duration = .seconds(5), nodeName: String = "",
        nodeVersion: String = "", lease: Duration = .seconds(10)
    ) {
        self.database = database
        self.connections = connections
        self.maxWaiting = max(maxWaiting, 1)
        self.waitingTime = waitingTime
        self.workLimit = workLimit
        self.nodeName = nodeName
        self.nodeVersion = nodeVersion
        self.lease = lease
    }
}
