import Assistant
import HTTPTypes
import JSON
import ProviderKit
import Time

extension Problem {
    /// Creates the answer for a failed turn.
    init(_ error: TurnError) {
        switch error {
        case .conversationNotFound: self.init(.notFound, "There is no such conversation.")
        case .conversationBusy:
            self = Problem(.conversationBusy, "Too many messages are waiting in this conversation.").retry(
                after: .seconds(5))
        case .rateLimited(let allowance):
            self = Problem(.rateLimited, "Too many messages; try again later.").retry(after: allowance.retryAfter)
            headers.append(contentsOf: allowance.headers)
        case .overloaded:
            self = Problem(.overloaded, "The server is busy; try again.").retry(after: .seconds(1))
        case .draining, .interrupted:
            self = Problem(.draining, "The server is restarting; try again.").retry(after: .seconds(1))
        case .idempotencyConflict, .replay:
            self = Problem(.conflict, "A request with this Idempotency-Key is running.").retry(after: .seconds(1))
        case .idempotencyMismatch:
            self.init(.idempotencyMismatch, "The Idempotency-Key was used for another request.")
        case .abandoned:
            self.init(
                .abandoned,
                "The server crashed twice during this request, so it is not tried again; use another Idempotency-Key to send it again."
            )
        case .provider(let error, _): self.init(error)
        case .deadline: self.init(.providerTimeout, "The assistant did not answer in time; try again.")
        case .tooManyRounds: self.init(.providerMisbehaved, "The assistant did not complete its answer; try again.")
        case .store(let error):
            self = Problem(error) ?? Problem(.internalError, "The answer could not be stored.")
        }
    }

    private init(_ error: ProviderError) {
        switch error.kind {
        case .key: self = .rejected("key", "The assistant's API key is missing or refused. Contact the operator.")
        case .credit: self = .rejected("credit", "The assistant's credit is used up. Contact the operator.")
        case .model: self = .rejected("model", "The assistant's model is not available. Contact the operator.")
        case .policy: self = .rejected("policy", "The provider's policy does not allow an answer to this message.")
        case .context: self = .rejected("context", "The conversation is too long; start a new one.")
        case .request: self = .rejected("request", "The provider did not accept the request. Contact the operator.")
        case .rateLimited:
            self = .unavailable("The assistant is receiving too many requests", error.retryAfter)
        case .overloaded: self = .unavailable("The assistant is overloaded", error.retryAfter)
        case .noRoom: self = Problem(.overloaded, "The server is busy; try again.").retry(after: .seconds(1))
        case .unreachable: self = .unavailable("The assistant cannot be reached", error.retryAfter)
        case .firstByteTimeout, .idleTimeout:
            self.init(.providerTimeout, "The assistant did not answer in time; try again.")
        case .truncated: self.init(.providerMisbehaved, "The answer broke off before it was complete; try again.")
        case .misbehaved: self.init(.providerMisbehaved, "The assistant's answer could not be understood; try again.")
        }
    }

    private static func unavailable(_ sentence: String, _ wait: Duration?) -> Problem {
        let wait = max(.seconds(1), wait ?? .seconds(5))
        let seconds = wait.wholeSeconds
        return Problem(
            .providerUnavailable, "\(sentence); try again in \(seconds) second\(seconds == 1 ? "" : "s")."
        ).retry(after: wait)
    }

    private static func rejected(_ reason: String, _ detail: String) -> Problem {
        var problem = Problem(.providerRejected, detail)
        problem.extra = ["reason": .string(reason)]
        return problem
    }
}
