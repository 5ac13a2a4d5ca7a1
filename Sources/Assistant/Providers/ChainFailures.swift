import ProviderKit
import Tenants

/// The failures of a chain's targets, of which one is reported to the user.
struct ChainFailures {
    /// The failure that the user can resolve, regardless of later ones.
    private var tooLong: ProviderChain.Exhausted?
    private var lastFailure: ProviderChain.Exhausted?
    /// Of the targets that were skipped, the one that is available first.
    private var refusal: ProviderChain.Exhausted?

    mutating func failed(_ error: ProviderError, at target: ProviderTarget) {
        let failure = ProviderChain.Exhausted(provider: target.providerID, error: error)
        lastFailure = failure
        if error.kind == .context, tooLong == nil { tooLong = failure }
    }

    mutating func refused(_ error: ProviderError, by target: ProviderTarget) {
        if let earlier = refusal?.error.retryAfter, earlier <= error.retryAfter ?? .zero { return }
        refusal = ProviderChain.Exhausted(provider: target.providerID, error: error)
    }

    var exhausted: ProviderChain.Exhausted {
        if let lastFailure, lastFailure.error.kind == .policy { return lastFailure }
        return tooLong ?? lastFailure ?? refusal
            ?? ProviderChain.Exhausted(
                provider: "none", error: ProviderError(.unreachable, "no target of the chain is available"))
    }
}
