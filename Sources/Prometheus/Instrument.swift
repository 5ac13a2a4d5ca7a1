/// Something that counts or measures, and can say what it has found.
protocol Instrument: AnyObject, Sendable {
    var kind: MetricKind { get }

    /// The lines of one series, in the text format of Prometheus.
    func write(_ series: Series, to text: inout String)
}

/// The types of metrics that Prometheus knows and we use.
enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}
