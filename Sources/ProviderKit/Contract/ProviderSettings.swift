package import JSON
package import Secrets

/// One target of a tenant's chain, as its file says, with secrets resolved.
package struct ProviderSettings: Sendable, Equatable {
    /// Nil: the adapter's default.
    package var model: String?
    package var apiKey: Secret?
    /// Nil: the adapter's own endpoint. Checked to be https unless `allowPrivate`.
    package var baseURL: String?
    /// Whether loopback and private addresses, and plain http, are allowed.
    package var allowPrivate: Bool
    package var timeouts: ProviderTimeouts
    /// The adapter's own keys (`ProviderDescriptor.options`).
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

/// How long a provider may be silent.
package struct ProviderTimeouts: Sendable, Hashable {
    /// Until the first event of the answer.
    package var firstByte: Duration
    /// Between two events.
    package var idle: Duration

    package init(firstByte: Duration = .seconds(15), idle: Duration = .seconds(20)) {
        self.firstByte = firstByte
        self.idle = idle
    }
}

/// What an adapter cannot work with: the key of the section, and a sentence that says what would be right.
package struct ProviderConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let key: String
    package let message: String

    package init(key: String, _ message: String) {
        self.key = key
        self.message = message
    }

    package var description: String { "\(key): \(message)" }
}
