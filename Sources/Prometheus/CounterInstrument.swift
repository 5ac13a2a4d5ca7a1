import CoreMetrics
import Synchronization

/// A counter of whole numbers, which never decreases.
final class CounterInstrument: Instrument, CounterHandler {
    let kind = MetricKind.counter
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func write(_ series: Series, to text: inout String) {
        text += "\(series.name)\(series.labelText()) \(value.load(ordering: .relaxed))\n"
    }
}

/// A counter of fractional numbers, which never decreases.
final class FloatingPointCounterInstrument: Instrument, FloatingPointCounterHandler {
    let kind = MetricKind.counter
    private let value = Mutex(0.0)

    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func reset() { value.withLock { $0 = 0 } }

    func write(_ series: Series, to text: inout String) {
        text += "\(series.name)\(series.labelText()) \(value.withLock { $0 })\n"
    }
}
