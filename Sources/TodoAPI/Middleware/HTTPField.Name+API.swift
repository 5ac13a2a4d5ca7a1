import HTTPTypes

extension HTTPField.Name {
    static let xRequestID = known("x-request-id")
    static let idempotencyKey = known("idempotency-key")
    static let idempotentReplayed = known("idempotent-replayed")
    static let rateLimit = known("ratelimit")
    static let rateLimitPolicy = known("ratelimit-policy")
    static let xAccelBuffering = known("x-accel-buffering")

    /// Creates the name of a literal known to be valid.
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("not a field name: \(name)") }
        return name
    }
}
