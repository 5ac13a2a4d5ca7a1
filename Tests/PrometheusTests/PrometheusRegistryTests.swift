import CoreMetrics
import Prometheus
import Testing

@Suite struct PrometheusRegistryTests {
    @Test("Counters, gauges and timers are written in the text format")
    func writesText() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "requests_total", dimensions: [("route", "/a"), ("method", "GET")]).increment(by: 2)
        registry.makeCounter(label: "requests_total", dimensions: [("method", "GET"), ("route", "/a")]).increment(by: 1)
        registry.makeFloatingPointCounter(label: "cost_total", dimensions: []).increment(by: 0.5)
        registry.makeMeter(label: "open", dimensions: []).set(7.0)
        registry.makeTimer(label: "duration_seconds", dimensions: []).recordNanoseconds(2_000_000)
        let text = registry.text()
        #expect(text.contains("# TYPE requests_total counter\nrequests_total{method=\"GET\",route=\"/a\"} 3\n"))
        #expect(text.contains("cost_total 0.5\n"))
        #expect(text.contains("# TYPE open gauge\nopen 7.0\n"))
        #expect(text.contains("duration_seconds_bucket{le=\"0.001\"} 0\nduration_seconds_bucket{le=\"0.0025\"} 1\n"))
        #expect(
            text.contains(
                "duration_seconds_bucket{le=\"+Inf\"} 1\nduration_seconds_sum 0.002\nduration_seconds_count 1\n"))
    }

    @Test("Names and labels are made such that a line is always one line")
    func escapes() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "9 bad\nname", dimensions: [("la-bel", "a\"b\\c\nd")]).increment(by: 1)
        #expect(registry.text().contains("__bad_name{la_bel=\"a\\\"b\\\\c\\nd\"} 1\n"))
    }

    @Test("The number of series is bounded, and one name has one type")
    func bounds() {
        let registry = PrometheusRegistry()
        for number in 0..<PrometheusRegistry.maximumSeries + 5 {
            registry.makeCounter(label: "c", dimensions: [("n", "\(number)")]).increment(by: 1)
        }
        registry.makeMeter(label: "c", dimensions: []).set(1.0)
        #expect(registry.text().contains("metrics_dropped_series_total 6\n"))
    }
}
