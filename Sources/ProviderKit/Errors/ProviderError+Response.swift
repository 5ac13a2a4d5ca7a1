package import Foundation
package import JSON
package import NIOCore
import Text

extension ProviderError {
    /// Creates the error of an unsuccessful response.
    package init(status: Int, headers: ProviderHeaders, body: ByteBuffer, now: Date) {
        let json = try? JSONParser.parse(body, limits: .answer(size: 1 << 20))
        guard let json, let error = ProviderErrorBody(json) else {
            let whole = json?["message"]?.string ?? json?["detail"]?.string ?? String(buffer: body)
            let text = whole.prefix(bytes: ProviderErrorBody.longestMessage)
            self.init(
                Self.kind(status: status, message: text), Self.detail(status: status, words: [], message: text),
                retryAfter: Self.waits(status) ? RetryDelay.of(headers, now: now) : nil, status: status,
                isRetryable: headers.shouldRetry)
            return
        }
        // A router's code is more precise than its status, except for 402, which is never retried.
        self.init(error, status: status == 402 ? status : error.status ?? status, headers: headers, now: now)
    }

    /// Creates the error of an event named `error`.
    package init(event data: ByteBuffer, now: Date) {
        guard let json = try? JSONParser.parse(data, limits: .answer(size: data.readableBytes)),
            let object = json.object
        else {
            let text = String(buffer: data).prefix(bytes: ProviderErrorBody.longestMessage)
            self.init(Self.kind(status: nil, message: text), Self.detail(status: nil, words: [], message: text))
            return
        }
        self.init(ProviderErrorBody(json) ?? ProviderErrorBody(object: object), now: now)
    }

    /// Returns the error contained in an answer with a success status; nil when there is none.
    package static func reported(in value: JSONValue, now: Date) -> ProviderError? {
        ProviderErrorBody(value).map { ProviderError($0, now: now) }
    }

    /// Creates the error of an error object in an answer with a success status.
    init(_ error: ProviderErrorBody, now: Date) {
        self.init(error, status: error.status, headers: ProviderHeaders(), now: now)
    }

    private init(_ error: ProviderErrorBody, status: Int?, headers: ProviderHeaders, now: Date) {
        let asked = error.retryAfter ?? RetryDelay.of(headers, now: now) ?? RetryDelay.of(error.headers, now: now)
        var kind = Self.kind(error, status: status)
        // OpenRouter's limit on credit in flight is the only lack of credit that is temporary.
        if kind == .credit, asked != nil, error.words.contains("openrouter_in_flight_budget") { kind = .rateLimited }
        self.init(
            kind, Self.detail(status: status, words: error.words, message: error.message),
            retryAfter: kind == .rateLimited || kind == .overloaded ? asked : nil, status: status,
            isRetryable: headers.shouldRetry ?? error.isRetryable)
    }

    private static func kind(_ error: ProviderErrorBody, status: Int?) -> Kind {
        if error.isModeration { return .policy }
        // Google uses this word for quotas of money and of requests; the status distinguishes them.
        if status == 402, !error.words.contains(where: { moneyWords.contains($0) }) { return .credit }
        let general = kind(status: status, message: error.message)
        // A single request that exceeds a limit will exceed it again.
        if general == .context { return .context }
        for word in error.words {
            guard let kind = vocabulary[word] else { continue }
            if kind == .model, error.isRetryable == true { return .overloaded }
            // Words like `api_error` are less precise than a status of 4xx.
            if kind == .overloaded, let status, status < 500, ![.overloaded, .rateLimited].contains(general) {
                continue
            }
            // A proxy's word can hide that the provider reported a lack of credit.
            if kind == .rateLimited, moneyWords.contains(where: { error.message.containsBytes(of: $0) }) {
                return .credit
            }
            return kind
        }
        return general
    }

    private static func kind(status: Int?, message: String) -> Kind {
        let message = message.prefix(bytes: 2000).lowercasedASCII
        // Phrases are used where there is no code, but not in the text of a failing provider.
        if status.map({ $0 < 500 }) ?? true {
            for (kind, phrases) in phrases where phrases.contains(where: { message.containsBytes(of: $0) }) {
                return kind
            }
        }
        return switch status {
        case 401, 403: .key
        case 402: .credit
        case 404: .model
        case 413: .context
        case 429: .rateLimited
        case 451: .policy
        case 408, 409, 425, 498, 499: .overloaded
        // Not implemented, for example tools.
        case 501: .request
        case let status? where status >= 500: .overloaded
        case let status? where status >= 400: .request
        default: .misbehaved
        }
    }

    private static func waits(_ status: Int) -> Bool { status == 429 || status == 408 || status >= 500 }

    private static func detail(status: Int?, words: [String], message: String) -> String {
        var parts: [String] = []
        if let status { parts.append("HTTP \(status)") }
        if let word = words.first { parts.append(word.printable(limit: 100)) }
        let text = String.UnicodeScalarView(
            message.unicodeScalars.prefix(300).map { $0.properties.isWhitespace ? " " : $0 })
        if !text.isEmpty { parts.append(String(text)) }
        return parts.joined(separator: ": ")
    }
}

extension ProviderHeaders {
    /// OpenAI's statement whether a retry is useful.
    fileprivate var shouldRetry: Bool? { self["x-should-retry"].flatMap { Bool($0.lowercasedASCII) } }
}
