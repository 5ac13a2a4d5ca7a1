import Synchronization

/// A switch that retires all connections of a server before it ends.
///
/// After ``begin()`` every connection is closed after its next answer, which is sent with `X-Accel-Buffering: no` and
/// without END_REQUEST. Of the ways that were measured, only this one loses no request behind nginx: without
/// END_REQUEST nginx never reuses the connection for the next POST.
///
/// A server that is replaced by another one on the same socket calls ``begin()``, accepts connections until its backlog
/// is empty, and then shuts down gracefully, which also closes the idle connections.
public final class FastCGIDrain: Sendable {
    private let begun = Atomic<Bool>(false)

    public init() {}

    /// Retires each connection after its next answer, from now on.
    public func begin() {
        self.begun.store(true, ordering: .relaxed)
    }

    /// Whether ``begin()`` was called.
    public var hasBegun: Bool { self.begun.load(ordering: .relaxed) }
}
