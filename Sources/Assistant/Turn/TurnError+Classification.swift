import ProviderKit
import TodoStore

extension TurnError {
    /// Creates the error of a turn for any error.
    init(_ error: any Error) {
        self =
            switch error {
            case let error as TurnError: error
            case let error as ProviderChain.Exhausted: .provider(error.error, provider: error.provider)
            case StoreError.notFound(.conversation): .conversationNotFound
            case is CancellationError, is TurnChannel.ReaderLeft: .interrupted
            default: .store(error)
            }
    }

    /// Whether the turn was interrupted without an error, so that it can be resumed.
    var isInterruption: Bool {
        if case .interrupted = self { true } else { false }
    }

    /// Whether the message itself may be the reason, so that it must not be part of later requests.
    ///
    /// - Parameter hasEffect: Whether the turn has shown or done something, which later requests should know.
    func mayBeOfMessage(hasEffect: Bool) -> Bool {
        guard case .provider(let error, _) = self else { return false }
        return switch error.kind {
        case .policy, .context, .request: true
        case .misbehaved, .truncated: !hasEffect
        // Servers that are overloaded or restarting answer 502, 503, 504 or 529.
        case .overloaded: error.status == 500
        case .key, .credit, .model, .rateLimited, .noRoom, .unreachable, .firstByteTimeout, .idleTimeout: false
        }
    }

    /// The error code stored with the turn.
    package var code: String {
        switch self {
        case .conversationNotFound: "not_found"
        case .conversationBusy: "conversation_busy"
        case .rateLimited: "rate_limited"
        case .overloaded: "overloaded"
        case .draining, .interrupted: "draining"
        case .idempotencyConflict, .replay: "conflict"
        case .idempotencyMismatch: "idempotency_mismatch"
        case .abandoned: "abandoned"
        case .provider(let error, _): error.code
        case .deadline: "provider_timeout"
        case .tooManyRounds: "provider_misbehaved"
        case .store: "internal_error"
        }
    }
}

extension ProviderError {
    /// The error code of this kind of provider error.
    package var code: String {
        switch kind {
        case .key, .credit, .model, .policy, .context, .request: "provider_rejected"
        case .noRoom: "overloaded"
        case .rateLimited, .overloaded, .unreachable: "provider_unavailable"
        case .firstByteTimeout, .idleTimeout: "provider_timeout"
        case .truncated, .misbehaved: "provider_misbehaved"
        }
    }
}
