import Synchronization

/// Says to all connections of a server that it is about to end.
///
/// From ``begin()`` on, every answer retires the connection it is sent on: with `X-Accel-Buffering: no`, without
/// END_REQUEST, and a close. This is the one way that was measured to lose no request behind nginx: without
/// END_REQUEST nginx never puts the connection back among those it may pick for the next POST.
///
/// A server that is replaced by another on the same socket calls ``begin()``, goes on accepting until its backlog is
/// empty, and then shuts down gracefully, which also closes the connections that stayed idle.
public final class FastCGIDrain: Sendable {
    private let begun = Atomic<Bool>(false)

    public init() {}

    /// Retires every connection with its next answer, from now on.
    public func begin() {
        self.begun.store(true, ordering: .relaxed)
    }

    /// Whether ``begin()`` was called.
    public var hasBegun: Bool { self.begun.load(ordering: .relaxed) }
}
