import Identity
import Logging
package import ProviderKit
package import Tenants
import Time

extension Logger {
    /// Logs a failed call for the operator: its meaning, a remedy, and the provider's own message.
    func report(_ error: ProviderError, tenant: TenantID, target: ProviderTarget) {
        log(
            level: error.needsOperator ? .error : .warning, "\(error.sentenceForOperator(target))",
            metadata: [
                "tenant": "\(tenant.rawValue)", "provider": "\(target.providerID)", "kind": "\(error.kind.rawValue)",
                "detail": "\(error.detail)",
            ])
    }
}

extension ProviderError {
    /// Whether the error persists until the configuration or account is changed.
    fileprivate var needsOperator: Bool {
        switch kind {
        case .key, .credit, .model, .request: true
        case .policy, .context, .rateLimited, .overloaded, .noRoom, .unreachable, .firstByteTimeout, .idleTimeout,
            .truncated,
            .misbehaved:
            false
        }
    }

    /// Returns one sentence with the remedy. A key is named by its reference, never by its value.
    package func sentenceForOperator(_ target: ProviderTarget) -> String {
        let id = target.providerID
        let model = target.settings.model.map { "the model \($0)" } ?? "its default model"
        let wait = retryAfter.map { " for \($0.wholeSeconds) s" } ?? ""
        return switch kind {
        case .key:
            target.keyReference.map {
                "\(id) refused the key from \($0): replace it, then run `steward provider check`"
            }
                ?? "\(id) requires a key: set api_key in its section"
        case .credit: "\(id) has no credit left for the key from \(target.keyReference ?? "nowhere"): top it up"
        case .model: "\(id) does not have \(model) for this key: see `steward provider models`"
        case .policy: "\(id) refused a message by its policy"
        case .context: "a conversation is too long for \(model) of \(id): a fallback with a larger context would help"
        case .request: "\(id) did not accept a request: the provider's section may not fit its API"
        case .rateLimited: "\(id) limits the requests of this key\(wait)"
        case .overloaded: "\(id) is overloaded or failing\(wait)"
        case .noRoom: "\(id) was not called: this server has no resources for another connection (see LimitNOFILE)"
        case .unreachable: "\(id) cannot be reached"
        case .firstByteTimeout: "\(id) did not start its answer in time (timeouts.first_byte)"
        case .idleTimeout: "\(id) stalled in the middle of an answer (timeouts.idle)"
        case .truncated: "an answer of \(id) ended early"
        case .misbehaved: "\(id) sent an invalid answer"
        }
    }
}
