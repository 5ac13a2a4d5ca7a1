import Metrics
import NIOCore
import Secrets

extension ProviderTransport {
    /// Sends a request and decodes its answer with `decoder`: one attempt of an adapter, for any wire format.
    ///
    /// The key is masked wherever the answer or the error repeats it.
    ///
    /// - Parameter provider: The adapter's id, for metrics.
    package func answer(
        to request: ProviderHTTPRequest, provider: String, decoder: some AnswerDecoder,
        emit: (ChatEvent) async throws -> Void
    ) async throws -> ChatCompletion {
        let mask = SecretMask(request.credential?.secret)
        do {
            return try await send(request) { response in
                guard (200..<300).contains(response.status) else {
                    let body = try await response.collect(upTo: Self.refusalLimit)
                    let answer = try decoder.refusal(status: response.status, headers: response.headers, body: body)
                    try await emit(.began)
                    return answer.completion.masked(by: mask)
                }
                let answer = try await Self.read(response, decoder, mask, emit)
                if answer.damagedEvents > 0 {
                    Counter(label: "steward_provider_damaged_events_total", dimensions: [("provider", provider)])
                        .increment(by: answer.damagedEvents)
                }
                return answer.completion.masked(by: mask)
            }
        } catch let error as ProviderError {
            throw error.withoutSecret(request.credential?.secret)
        }
    }

    /// The maximum length of an error body in bytes, enough for every known error object.
    private static let refusalLimit = 64 * 1024

    private static func read(
        _ response: ProviderResponse, _ decoder: some AnswerDecoder, _ mask: SecretMask,
        _ emit: (ChatEvent) async throws -> Void
    ) async throws -> DecodedAnswer {
        var decoder = decoder
        var mask = mask
        var hasBegun = false
        var phase = AnswerProgress.Phase.writing
        while phase != .over, let bytes = try await response.next() {
            let progress = decoder.receive(bytes)
            phase = progress.phase
            switch phase {
            case .writing: if progress.heard { response.expect(.nextEvent) }
            case .complete: response.expect(.trailer)
            case .over: break
            }
            if progress.hasBegun, !hasBegun {
                hasBegun = true
                try await emit(.began)
            }
            let text = mask.receive(progress.text)
            if !text.isEmpty { try await emit(.text(text)) }
        }
        let answer = try decoder.end()
        if !answer.isUnfinished { response.leaveToEnd() }
        if !hasBegun { try await emit(.began) }
        let rest = mask.receive(answer.heldText) + mask.end()
        if !rest.isEmpty { try await emit(.text(rest)) }
        return answer
    }
}
