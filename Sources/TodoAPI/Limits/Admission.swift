import FastCGI
import HTTPTypes
import Hummingbird
import Tenants

/// Lets a request of a known user through to its route: not too many in a minute, and not too many at once.
struct Admission: Sendable {
    let places: RequestPlaces
    let limiter: RequestLimiter

    /// - Throws: `Problem`: 429 or 503 with `Retry-After`, or what `handle` throws.
    func admit(
        _ request: Request, _ context: UserContext, to route: Route
    ) async throws -> Response {
        try count(context, route.weight)
        let held = try enter(context, route.weight)
        if let place = context.place {
            for one in held { place.keep(one) }
            return try await route.handle(request, context)
        }
        // Plain HTTP does not tell when an answer was read; that it was written is the next best.
        var response = try await route.handle(request, context)
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            defer { withExtendedLifetime(held) {} }
            try await body.write(writer)
        }
        return response
    }

    /// Chats have their own limit, `chats_per_minute`.
    private func count(_ context: UserContext, _ weight: Route.Weight) throws {
        guard weight != .chat else { return }
        let perMinute = context.tenant.limits.requestsPerMinute
        do throws(RequestLimiter.Refusal) {
            try limiter.admit(context.account, .any, perMinute: perMinute)
            guard let kind = weight.kind else { return }
            try limiter.admit(context.account, kind, perMinute: max(1, perMinute / Self.heavyFactor))
        } catch {
            throw Problem(.rateLimited, "Too many requests; wait a moment.").retry(after: error.retryAfter)
        }
    }

    /// Exports, imports and bulks: 30 of each a minute where 600 requests are allowed, each as much work as 20 others.
    private static let heavyFactor = 20

    private func enter(_ context: UserContext, _ weight: Route.Weight) throws -> [RequestPlace] {
        let lanes: [RequestPlaces.Lane] =
            switch weight {
            case .chat: [.chats]
            case .import: [.others, .imports]
            case .light, .bulk, .export: [.others]
            }
        do throws(RequestPlaces.Refusal) {
            var held: [RequestPlace] = []
            for lane in lanes {
                held.append(
                    try places.enter(context.account, lane, chats: context.tenant.limits.concurrentChats))
            }
            return held
        } catch {
            let detail =
                switch error {
                case .user: "Too many of your requests are under way."
                case .tenant: "Too many requests of this tenant are under way."
                case .all: "The server is busy; try again."
                }
            throw Problem(.overloaded, detail).retry(after: .seconds(1))
        }
    }
}

extension Route.Weight {
    /// A kind of work that is counted beside the request itself.
    fileprivate var kind: RequestLimiter.Kind? {
        switch self {
        case .light, .chat: nil
        case .bulk: .bulk
        case .export: .export
        case .import: .import
        }
    }
}
