package import CoreMetrics
import Synchronization

/// The metrics of the process, written in the text format of Prometheus (version 0.0.4).
///
/// The number of series is bounded, so that clients cannot fill the memory by causing new labels. Further series are
/// dropped and counted.
package final class PrometheusRegistry: MetricsFactory {
    /// The maximum number of series.
    package static let maximumSeries = 10_000

    private struct State {
        var instruments: [Series: any Instrument] = [:]
        var kinds: [String: MetricKind] = [:]
        var dropped = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Returns all series, grouped by name, in a stable order.
    package func text() -> String {
        let (instruments, dropped) = state.withLock { ($0.instruments, $0.dropped) }
        var text = ""
        var lastName: String?
        for (series, instrument) in instruments.sorted(by: { $0.key < $1.key }) {
            if series.name != lastName {
                text += "# TYPE \(series.name) \(instrument.kind.rawValue)\n"
                lastName = series.name
            }
            instrument.write(series, to: &text)
        }
        return text + "# TYPE metrics_dropped_series_total counter\nmetrics_dropped_series_total \(dropped)\n"
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        instrument(label, dimensions, CounterInstrument())
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        instrument(label, dimensions, FloatingPointCounterInstrument())
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        instrument(label, dimensions, GaugeInstrument())
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate
            ? instrument(label, dimensions, HistogramInstrument()) : instrument(label, dimensions, GaugeInstrument())
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        instrument(label, dimensions, HistogramInstrument())
    }

    // A series is kept until the process ends: a counter that disappeared and came back would look like a restart.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Returns the instrument of a series, or `fresh`, unregistered, when the series cannot be added.
    private func instrument<I: Instrument>(_ label: String, _ dimensions: [(String, String)], _ fresh: I) -> I {
        let series = Series(label, dimensions)
        return state.withLock { state in
            if let existing = state.instruments[series] as? I { return existing }
            // All series of one name must have one type; otherwise Prometheus refuses the page.
            guard state.instruments.count < Self.maximumSeries,
                state.kinds[series.name, default: fresh.kind] == fresh.kind
            else {
                state.dropped += 1
                return fresh
            }
            state.instruments[series] = fresh
            state.kinds[series.name] = fresh.kind
            return fresh
        }
    }
}

extension Series: Comparable {
    static func < (left: Series, right: Series) -> Bool {
        left.name != right.name ? left.name < right.name : left.labelText() < right.labelText()
    }
}
