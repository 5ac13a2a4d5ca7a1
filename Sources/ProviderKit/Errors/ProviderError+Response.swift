package import Foundation
package import JSON
package import NIOCore

extension ProviderError {
    /// What a response means that is no success.
    package init(status: Int, headers: ProviderHeaders, body: ByteBuffer, now: Date) {
        let json = try? JSONParser.parse(body, limits: JSONLimits(size: 1 << 20, depth: 64))
        guard let json, let error = ProviderErrorBody(json) else {
            let text = json?["message"]?.string ?? json?["detail"]?.string ?? String(buffer: body)
            self.init(
                Self.kind(status: status, message: text), Self.detail(status: status, words: [], message: text),
                retryAfter: Self.waits(status) ? RetryDelay.of(headers, now: now) : nil, status: status,
                isRetryable: headers.shouldRetry)
            return
        }
        self.init(error, status: error.status ?? status, headers: headers, now: now)
    }

    /// The error that an answer holds which had begun as a success; nil when it holds none.
    package static func reported(in value: JSONValue, now: Date) -> ProviderError? {
        ProviderErrorBody(value).map { ProviderError($0, now: now) }
    }

    /// What an error object in an answer means that had begun as a success.
    init(_ error: ProviderErrorBody, now: Date) {
        self.init(error, status: error.status, headers: ProviderHeaders(), now: now)
    }

    private init(_ error: ProviderErrorBody, status: Int?, headers: ProviderHeaders, now: Date) {
        let asked = error.retryAfter ?? RetryDelay.of(headers, now: now) ?? RetryDelay.of(error.headers, now: now)
        var kind = Self.kind(error, status: status)
        // OpenRouter's limit on money in flight is the one lack of credit that passes by itself.
        if kind == .credit, asked != nil, error.words.contains("openrouter_in_flight_budget") { kind = .rateLimited }
        self.init(
            kind, Self.detail(status: status, words: error.words, message: error.message),
            retryAfter: kind == .rateLimited || kind == .overloaded ? asked : nil, status: status,
            isRetryable: headers.shouldRetry ?? error.isRetryable)
    }

    private static func kind(_ error: ProviderErrorBody, status: Int?) -> Kind {
        if error.isModeration { return .policy }
        // A quota of money and one of requests share this word at Google; the status tells them apart.
        if status == 402, !error.words.contains(where: { moneyWords.contains($0) }) { return .credit }
        for word in error.words { if let kind = kind(word: word, error) { return kind } }
        return kind(status: status, message: error.message)
    }

    private static func kind(word: String, _ error: ProviderErrorBody) -> Kind? {
        guard let kind = vocabulary[word] else { return nil }
        return kind == .model && error.isRetryable == true ? .overloaded : kind
    }

    private static func kind(status: Int?, message: String) -> Kind {
        let message = message.prefix(2000).lowercased()
        // Words that stand where no code does; a failing provider's own text is not asked.
        if status.map({ $0 < 500 }) ?? true {
            for (kind, phrases) in phrases where phrases.contains(where: { message.contains($0) }) { return kind }
        }
        return switch status {
        case 401, 403: .key
        case 402: .credit
        case 404: .model
        case 429: .rateLimited
        case 451: .policy
        case 408, 409, 425, 498, 499: .overloaded
        case let status? where status >= 500: .overloaded
        case let status? where status >= 400: .request
        default: .misbehaved
        }
    }

    private static func waits(_ status: Int) -> Bool { status == 429 || status == 408 || status >= 500 }

    private static func detail(status: Int?, words: [String], message: String) -> String {
        var parts: [String] = []
        if let status { parts.append("HTTP \(status)") }
        if let word = words.first { parts.append(word) }
        let text = message.prefix(300).map { $0.isNewline || $0.isWhitespace ? " " : $0 }
        let printable = String(
            text.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } })
        if !printable.isEmpty { parts.append(printable) }
        return parts.joined(separator: ": ")
    }
}

extension ProviderHeaders {
    /// OpenAI's own word on the matter.
    fileprivate var shouldRetry: Bool? { self["x-should-retry"].flatMap { Bool($0.lowercased()) } }
}
