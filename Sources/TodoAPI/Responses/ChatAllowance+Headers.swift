import Assistant
import HTTPTypes

extension ChatAllowance {
    /// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
    var headers: HTTPFields {
        let seconds = max(0, reset.components.seconds + (reset.components.attoseconds > 0 ? 1 : 0))
        return [
            .rateLimitPolicy: "\"chats\";q=\(perMinute);w=60", .rateLimit: "\"chats\";r=\(remaining);t=\(seconds)",
        ]
    }
}
