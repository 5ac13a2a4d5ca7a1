import Foundation
package import JSON
import NIOCore
package import Secrets

/// The endpoint of a target's requests: the part of its settings common to all HTTP adapters.
package struct ProviderEndpoint: Sendable {
    package let provider: String
    package let model: String
    package let apiKey: Secret?
    /// The base URL without a trailing slash.
    package let baseURL: String
    package let allowPrivate: Bool
    package let timeouts: ProviderTimeouts

    /// Creates an endpoint.
    ///
    /// - Parameter baseURL: The adapter's default, for settings without a base URL.
    package init(
        _ settings: ProviderSettings, _ descriptor: ProviderDescriptor, baseURL: String? = nil
    ) throws(ProviderConfigurationError) {
        guard let model = settings.model ?? descriptor.defaultModel, !model.isEmpty else {
            throw ProviderConfigurationError(key: "model", "\(descriptor.id) has no default model; model is required")
        }
        guard settings.apiKey != nil || !descriptor.needsAPIKey else {
            throw ProviderConfigurationError(
                key: "api_key", "\(descriptor.id) requires a key: env:NAME, file:PATH, credential:NAME or sealed:…")
        }
        if let key = settings.apiKey, !key.isVisibleASCII {
            throw ProviderConfigurationError(
                key: "api_key", "the key contains invalid characters, perhaps a space or a line break")
        }
        guard let url = settings.baseURL ?? baseURL else {
            throw ProviderConfigurationError(
                key: "base_url", "\(descriptor.id) has no default address; base_url is required")
        }
        self.provider = descriptor.id
        self.model = model
        self.apiKey = settings.apiKey
        self.baseURL = try Self.checked(url, allowPrivate: settings.allowPrivate)
        self.allowPrivate = settings.allowPrivate
        self.timeouts = settings.timeouts
    }

    /// Creates a request to `path` below the base URL.
    package func request(
        _ path: String, credential: ProviderCredential?, headers: [(name: String, value: String)] = [],
        body: JSONValue? = nil
    ) -> ProviderHTTPRequest {
        ProviderHTTPRequest(
            url: baseURL + path, headers: headers, credential: credential, body: body, allowPrivate: allowPrivate,
            timeouts: timeouts)
    }

    private static func checked(_ url: String, allowPrivate: Bool) throws(ProviderConfigurationError) -> String {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil
        else {
            throw ProviderConfigurationError(
                key: "base_url", "must be such as https://host/v1, with nothing after the path")
        }
        guard scheme == "https" || allowPrivate else {
            throw ProviderConfigurationError(key: "base_url", "must be https; http requires allow_private: true")
        }
        // Host names are checked when they are connected to.
        let literal = try? SocketAddress(ipAddress: host.trimmingBrackets, port: 0)
        if let literal, !allowPrivate, !AddressRules.isPublic(literal) {
            throw ProviderConfigurationError(
                key: "base_url", "is a private address, which requires allow_private: true")
        }
        var url = url
        while url.last == "/" { url.removeLast() }
        return url
    }
}

extension Secret {
    /// Whether the text can be used in a header field.
    fileprivate var isVisibleASCII: Bool {
        withUnsafeBytes { bytes in !bytes.isEmpty && bytes.allSatisfy { (0x21...0x7E).contains($0) } }
    }
}
