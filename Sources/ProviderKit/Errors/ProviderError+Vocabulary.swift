extension ProviderError {
    /// The words that providers use for their errors. General ones such as `invalid_request_error` are missing, because
    /// they accompany a more precise word; the HTTP status then decides.
    static let vocabulary: [String: Kind] = {
        let kinds: [(Kind, [String])] = [
            (
                .key,
                [
                    "invalid_api_key", "api_key_invalid", "authentication", "authentication_error", "unauthenticated",
                    "permission_denied", "permission_error", "account_deactivated",
                ]
            ),
            (.credit, moneyWords.sorted()),
            (
                .model,
                [
                    "model_not_found", "not_found", "not_found_error", "no_endpoints", "model_deprecated",
                    "model_decommissioned", "model_unavailable_upstream", "wrong_endpoint", "region_restricted",
                    "privacy_restricted", "constraint_filtered", "free_variant_ended",
                ]
            ),
            (
                .policy,
                [
                    "content_policy_violation", "content_filter", "refusal", "invalid_prompt", "moderation_blocked",
                    "responsibleaipolicyviolation",
                ]
            ),
            (
                .context,
                [
                    "context_length_exceeded", "max_tokens_exceeded", "token_limit_exceeded", "string_too_long",
                    "request_too_large", "model_context_window_exceeded",
                    "exceed_context_size_error",
                ]
            ),
            (
                .rateLimited,
                [
                    "rate_limit_exceeded", "rate_limit_error", "slow_down", "resource_exhausted", "too_many_requests",
                    "capacity_exhausted",
                ]
            ),
            (
                .overloaded,
                [
                    "provider_overloaded", "provider_unavailable", "server", "server_error", "server_is_overloaded",
                    "overloaded_error", "api_error", "timeout", "timeout_error", "temporarily_unavailable",
                    "unavailable", "internal", "internal_error", "internal_server_error", "deadline_exceeded",
                    "capacity_exceeded",
                ]
            ),
            // A malformed call written by the model (Groq).
            (.misbehaved, ["tool_use_failed"]),
        ]
        return Dictionary(uniqueKeysWithValues: kinds.flatMap { kind, words in words.map { ($0, kind) } })
    }()

    /// The words for a lack of credit that waiting does not resolve.
    static let moneyWords: Set<String> = [
        "payment_required", "insufficient_quota", "credit_balance_exhausted", "billing_error", "billing_not_active",
        "billing_hard_limit_reached", "enforced_spend_limit_reached", "insufficient_credits", "spend_limit_exceeded",
        "budget_exceeded", "blocked_api_access",
    ]

    /// Phrases in messages of errors without a code, in lower case.
    static let phrases: [(Kind, [String])] = [
        (
            .context,
            [
                "context length", "context_length", "context window", "maximum context", "prompt is too long",
                "too many tokens", "input is too long", "available context size", "contextwindowexceeded",
                "exceeds the maximum number of tokens", "request too large",
            ]
        ),
        (.rateLimited, ["resource_exhausted"]),
        (
            .credit,
            [
                "credit balance is too low", "insufficient credits", "insufficient balance", "insufficient_quota",
                "check your plan and billing", "key limit exceeded", "specified api usage limits", "any credits",
                "budget has been exceeded",
            ]
        ),
        (
            .key,
            [
                "api key not valid", "invalid api key", "incorrect api key", "api key expired", "no connected db",
                "organization has been disabled",
            ]
        ),
        (
            .model,
            [
                "not a valid model", "model not found", "no endpoints found", "no endpoints available",
                "invalid model name",
            ]
        ),
        (.policy, ["content management policy", "contentpolicyviolation", "content policy"]),
    ]
}
