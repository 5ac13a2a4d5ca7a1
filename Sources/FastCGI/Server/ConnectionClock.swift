import NIOCore

/// One timer for all time limits of a connection.
///
/// The deadline changes with every request, but the timer is rescheduled only when a deadline precedes it. When it
/// fires, it compares the time with the current deadline.
struct ConnectionClock {
    /// The step that a deadline limits.
    enum Reason: Equatable {
        case waiting(FastCGIConnection.Waiting, progress: Int)
        case output(progress: Int)
        case idleAtShutdown
    }

    private(set) var reason: Reason?
    private(set) var deadline: NIODeadline?
    private var timer: (fires: NIODeadline, task: Scheduled<Void>)?

    /// Sets the deadline of a step; a deadline of the same step stays unchanged.
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

    /// Handles the timer: returns whether the deadline has passed, and otherwise schedules the timer again.
    mutating func fired(on eventLoop: any EventLoop, _ fire: @escaping () -> Void) -> Bool {
        self.timer = nil
        guard let deadline else { return false }
        if deadline <= eventLoop.now { return true }
        self.schedule(deadline, on: eventLoop, fire)
        return false
    }

    /// Restarts the time of the current step.
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
