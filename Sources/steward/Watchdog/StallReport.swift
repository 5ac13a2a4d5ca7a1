import CoreMetrics
import Logging

/// The report of a stall: a log entry, and a value in `steward_event_loop_stall_seconds`.
struct StallReport: Sendable {
    private let logger: Logger
    /// Created at the start, so that causes that did not occur are exported as zero.
    private let timers: [LoopStall.Cause: CoreMetrics.Timer]

    init(logger: Logger) {
        self.logger = logger
        timers = Dictionary(
            uniqueKeysWithValues: LoopStall.Cause.allCases.map { cause in
                let label = "steward_event_loop_stall_seconds"
                return (cause, CoreMetrics.Timer(label: label, dimensions: [("cause", cause.rawValue)]))
            })
    }

    func callAsFunction(_ stall: LoopStall) {
        if !stall.goesOn { timers[stall.cause]?.recordNanoseconds(Int64(stall.duration / .nanoseconds(1))) }
        var metadata: Logger.Metadata = [
            "cause": "\(stall.cause.rawValue)", "ms": .stringConvertible(stall.duration.wholeMilliseconds),
            "running_ms": .stringConvertible(stall.usage.running.wholeMilliseconds),
            "blocked_ms": .stringConvertible(stall.blocked.wholeMilliseconds),
            "routes": "\(stall.routes.joined(separator: ", "))",
        ]
        metadata["waiting_ms"] = stall.usage.waiting.map { .stringConvertible($0.wholeMilliseconds) }
        logger.warning(stall.goesOn ? "an event loop does not answer" : "an event loop stalled", metadata: metadata)
    }
}
