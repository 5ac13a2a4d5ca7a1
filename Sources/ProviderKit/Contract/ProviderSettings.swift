package import JSON
package import Secrets

/// The settings of one target of a tenant's chain, with secrets resolved.
package struct ProviderSettings: Sendable, Equatable {
    /// The model; nil for the adapter's default.
    package var model: String?
    package var apiKey: Secret?
    /// The base URL; nil for the adapter's own. Checked to be https unless `allowPrivate`.
    package var baseURL: String?
    /// Whether loopback and private addresses, and plain http, are allowed.
    package var allowPrivate: Bool
    package var timeouts: ProviderTimeouts
    /// The values of the adapter's own keys (`ProviderDescriptor.options`).
    package var options: JSONObject

    package init(
        model: String? = nil, apiKey: Secret? = nil, baseURL: String? = nil, allowPrivate: Bool = false,
        timeouts: ProviderTimeouts = ProviderTimeouts(), options: JSONObject = JSONObject()
    ) {
        self.model = model
        self.apiKey = apiKey
        self.baseURL = baseURL
        self.allowPrivate = allowPrivate
        self.timeouts = timeouts
        self.options = options
    }
}

/// The maximum durations of a provider's silence.
package struct ProviderTimeouts: Sendable, Hashable {
    /// Before the first event of the answer.
    package var firstByte: Duration
    /// Between two events.
    package var idle: Duration

    package init(firstByte: Duration = .seconds(15), idle: Duration = .seconds(20)) {
        self.firstByte = firstByte
        self.idle = idle
    }
}

/// The error of settings that an adapter cannot use: the key in the section, and a sentence with the fix.
package struct ProviderConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let key: String
    package let message: String

    package init(key: String, _ message: String) {
        self.key = key
        self.message = message
    }

    package var description: String { "\(key): \(message)" }
}
