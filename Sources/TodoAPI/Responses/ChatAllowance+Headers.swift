import Assistant
import HTTPTypes
import Time

extension ChatAllowance {
    /// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
    var headers: HTTPFields {
        let seconds = max(0, reset.wholeSeconds)
        return [
            .rateLimitPolicy: "\"chats\";q=\(perMinute);w=60", .rateLimit: "\"chats\";r=\(remaining);t=\(seconds)",
        ]
    }
}
