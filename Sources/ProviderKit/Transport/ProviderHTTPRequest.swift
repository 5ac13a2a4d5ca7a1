package import JSON
package import Secrets

/// A request to a provider: a POST with JSON, or a GET.
package struct ProviderHTTPRequest: Sendable {
    package var url: String
    /// Header fields in addition to the common ones (content-type, accept, user-agent, the credential).
    package var headers: [(name: String, value: String)]
    package var credential: ProviderCredential?
    /// The body; nil for a GET.
    package var body: JSONValue?
    /// Whether loopback and private addresses may be connected to.
    package var allowPrivate: Bool
    package var timeouts: ProviderTimeouts

    package init(
        url: String, headers: [(name: String, value: String)] = [], credential: ProviderCredential? = nil,
        body: JSONValue? = nil, allowPrivate: Bool = false, timeouts: ProviderTimeouts = ProviderTimeouts()
    ) {
        self.url = url
        self.headers = headers
        self.credential = credential
        self.body = body
        self.allowPrivate = allowPrivate
        self.timeouts = timeouts
    }
}

/// A key and the header field that carries it. The key is revealed only when the request is written.
package struct ProviderCredential: Sendable {
    package let secret: Secret
    let field: String
    private let prefix: String

    var headerValue: String { prefix + secret.revealed() }

    /// Returns a credential in its own header field, without a prefix.
    package static func field(_ name: String, _ secret: Secret) -> ProviderCredential {
        ProviderCredential(secret: secret, field: name, prefix: "")
    }

    /// Returns `Authorization: Bearer KEY`.
    package static func bearer(_ secret: Secret) -> ProviderCredential {
        ProviderCredential(secret: secret, field: "authorization", prefix: "Bearer ")
    }
}
