import TodoStore

/// Figures of the store for the operator.
package struct StoreStatistics: Sendable, Hashable {
    package var open = 0
    package var waiting = 0
    package var hits = 0
    package var misses = 0
    package var evictions = 0
    /// Files that the operator was told of and that are not known to be well again.
    package var faulty = 0
}
