/// Figures of a database's store for the operator.
package struct DatabaseStatistics: Sendable, Hashable {
    /// Whether this node's lease is acknowledged: without it, requests are refused.
    package var holdsLease: Bool
    /// Transactions that have a connection.
    package var running: Int
    /// Transactions that wait for one.
    package var waiting: Int
    /// The most transactions at once.
    package var connections: Int
}
