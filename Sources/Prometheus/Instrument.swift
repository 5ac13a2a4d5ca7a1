/// A metric that can write its values.
protocol Instrument: AnyObject, Sendable {
    var kind: MetricKind { get }

    /// Writes the lines of one series in the text format of Prometheus.
    func write(_ series: Series, to text: inout String)
}

/// The types of Prometheus metrics in use.
enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}
