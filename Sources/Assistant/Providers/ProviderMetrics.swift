import Metrics
import ProviderKit

/// Metrics of provider calls. Tenants and models are not labels, because there can be thousands of them.
enum ProviderMetrics {
    /// - Parameter outcome: `answered`, `cut` (at the token limit or where it repeats itself), `cancelled`, or the kind of
    ///   the failure.
    static func count(_ outcome: String, of provider: String, after duration: Duration) {
        let dimensions = [("provider", provider), ("outcome", outcome)]
        Counter(label: "steward_provider_attempts_total", dimensions: dimensions).increment()
        Timer(label: "steward_provider_attempt_duration_seconds", dimensions: [("provider", provider)])
            .record(duration: duration)
    }

    static func countRetry(at provider: String) {
        Counter(label: "steward_provider_retries_total", dimensions: [("provider", provider)]).increment()
    }
}

extension ProviderError.Kind {
    /// The label in the style of Prometheus: `first_byte_timeout`.
    var metricLabel: String {
        rawValue.map { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }.joined()
    }
}
