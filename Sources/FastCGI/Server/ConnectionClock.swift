import NIOCore

/// One timer for all the time limits of a connection.
///
/// Deadlines move with every request, the timer hardly ever: it looks at the deadline when it fires, and is scheduled
/// anew only when a deadline comes before it.
struct ConnectionClock {
    /// What a deadline is for.
    enum Reason: Equatable {
        case waiting(FastCGIConnection.Waiting, progress: Int)
        case output(progress: Int)
        case idleAtShutdown
    }

    private(set) var reason: Reason?
    private(set) var deadline: NIODeadline?
    private var timer: (fires: NIODeadline, task: Scheduled<Void>)?

    /// Sets the deadline for a reason; while the reason stays the same, the deadline does.
    mutating func set(
        _ reason: Reason?, after limit: TimeAmount, on eventLoop: any EventLoop, _ fire: @escaping () -> Void
    ) {
        guard reason != self.reason else { return }
        self.reason = reason
        guard reason != nil else {
            self.deadline = nil
            return
        }
        let deadline = eventLoop.now + limit
        self.deadline = deadline
        self.schedule(deadline, on: eventLoop, fire)
    }

    /// Whether a timer that fired has found its deadline reached; otherwise it runs on to the deadline there is.
    mutating func fired(on eventLoop: any EventLoop, _ fire: @escaping () -> Void) -> Bool {
        self.timer = nil
        guard let deadline else { return false }
        if deadline <= eventLoop.now { return true }
        self.schedule(deadline, on: eventLoop, fire)
        return false
    }

    /// Starts the time for the same reason again.
    mutating func restart() {
        self.reason = nil
    }

    mutating func cancel() {
        self.timer?.task.cancel()
        self.timer = nil
        self.deadline = nil
        self.reason = nil
    }

    private mutating func schedule(_ deadline: NIODeadline, on eventLoop: any EventLoop, _ fire: @escaping () -> Void) {
        if let timer {
            if timer.fires <= deadline { return }
            timer.task.cancel()
        }
        self.timer = (deadline, eventLoop.assumeIsolated().scheduleTask(deadline: deadline, fire))
    }
}
