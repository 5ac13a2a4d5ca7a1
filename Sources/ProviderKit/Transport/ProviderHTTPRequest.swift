package import JSON
package import Secrets

/// A request to a provider: a POST of JSON, or a GET.
package struct ProviderHTTPRequest: Sendable {
    package var url: String
    /// Fields beyond those that every request has (content-type, accept, user-agent, the credential).
    package var headers: [(name: String, value: String)]
    package var credential: ProviderCredential?
    /// Nil makes it a GET.
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

/// The key and the field that it travels in; it is revealed only while the request is written.
package struct ProviderCredential: Sendable {
    package let secret: Secret
    let field: String
    private let prefix: String

    var headerValue: String { prefix + secret.revealed() }

    /// A field of its own, with nothing before the key.
    package static func field(_ name: String, _ secret: Secret) -> ProviderCredential {
        ProviderCredential(secret: secret, field: name, prefix: "")
    }

    /// `Authorization: Bearer KEY`.
    package static func bearer(_ secret: Secret) -> ProviderCredential {
        ProviderCredential(secret: secret, field: "authorization", prefix: "Bearer ")
    }
}
