import CoreMetrics
import Synchronization

/// A gauge, which can increase and decrease.
final class GaugeInstrument: Instrument, MeterHandler, RecorderHandler {
    let kind = MetricKind.gauge
    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func write(_ series: Series, to text: inout String) {
        text += "\(series.name)\(series.labelText()) \(value.withLock { $0 })\n"
    }
}
