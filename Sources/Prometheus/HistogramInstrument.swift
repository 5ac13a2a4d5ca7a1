import CoreMetrics
import Synchronization

/// A histogram: of timers in seconds, or of recorders in their own unit.
final class HistogramInstrument: Instrument, TimerHandler, RecorderHandler {
    /// Upper bounds in seconds, for answers of under a millisecond as well as chats of two minutes.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

    private struct State {
        var buckets = [Int](repeating: 0, count: HistogramInstrument.bounds.count)
        var count = 0
        var sum = 0.0
    }

    let kind = MetricKind.histogram
    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = Self.bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let bucket { state.buckets[bucket] += 1 }
            state.count += 1
            state.sum += value
        }
    }

    func write(_ series: Series, to text: inout String) {
        let state = state.withLock { $0 }
        var cumulative = 0
        for (bound, count) in zip(Self.bounds, state.buckets) {
            cumulative += count
            let labels = series.labelText(and: Series.Label(name: "le", value: "\(bound)"))
            text += "\(series.name)_bucket\(labels) \(cumulative)\n"
        }
        text +=
            "\(series.name)_bucket\(series.labelText(and: Series.Label(name: "le", value: "+Inf"))) \(state.count)\n"
        text += "\(series.name)_sum\(series.labelText()) \(state.sum)\n"
        text += "\(series.name)_count\(series.labelText()) \(state.count)\n"
    }
}
