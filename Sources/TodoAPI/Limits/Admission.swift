import FastCGI
import HTTPTypes
import Hummingbird
import Tenants

/// Applies the rate limits and the concurrency limits to a request of an authenticated user.
struct Admission: Sendable {
    let concurrency: ConcurrencyLimiter
    let rates: RequestRateLimiter

    /// - Throws: `Problem`: 429 or 503 with `Retry-After`, or the error of `handle`.
    func admit(
        _ request: Request, _ context: UserContext, to route: Route
    ) async throws -> Response {
        try count(context, route.weight)
        let permits = try acquire(context, route.weight)
        if let inFlight = context.inFlight {
            for permit in permits { inFlight.keep(permit) }
            return try await route.handle(request, context)
        }
        // Plain HTTP does not report when a response was read: the permits are released when it is written.
        var response = try await route.handle(request, context)
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            defer { withExtendedLifetime(permits) {} }
            try await body.write(writer)
        }
        return response
    }

    /// Applies the rate limits. Chats have a limit of their own, `chats_per_minute`.
    private func count(_ context: UserContext, _ weight: Route.Weight) throws {
        guard weight != .chat else { return }
        let perMinute = context.tenant.limits.requestsPerMinute
        do throws(RequestRateLimiter.Refusal) {
            try rates.admit(context.account, .any, perMinute: perMinute)
            guard let kind = weight.kind else { return }
            try rates.admit(context.account, kind, perMinute: max(1, perMinute / Self.heavyFactor))
        } catch {
            throw Problem(.rateLimited, "Too many requests; try again later.").retry(after: error.retryAfter)
        }
    }

    /// Exports, imports and bulks: 30 of each a minute where 600 requests are allowed, each as much work as 20 others.
    private static let heavyFactor = 20

    private func acquire(_ context: UserContext, _ weight: Route.Weight) throws -> [ConcurrencyPermit] {
        let pools: [ConcurrencyLimiter.Pool] =
            switch weight {
            case .chat: [.chats]
            case .import: [.others, .imports]
            case .light, .bulk, .export: [.others]
            }
        do throws(ConcurrencyLimiter.Refusal) {
            var permits: [ConcurrencyPermit] = []
            for pool in pools {
                permits.append(
                    try concurrency.acquire(context.account, pool, chats: context.tenant.limits.concurrentChats))
            }
            return permits
        } catch {
            let detail =
                switch error {
                case .user: "Too many concurrent requests of this user."
                case .tenant: "Too many concurrent requests of this tenant."
                case .all: "The server is busy; try again."
                }
            throw Problem(.overloaded, detail).retry(after: .seconds(1))
        }
    }
}

extension Route.Weight {
    /// The kind of work that has a rate limit of its own.
    fileprivate var kind: RequestRateLimiter.Kind? {
        switch self {
        case .light, .chat: nil
        case .bulk: .bulk
        case .export: .export
        case .import: .import
        }
    }
}
