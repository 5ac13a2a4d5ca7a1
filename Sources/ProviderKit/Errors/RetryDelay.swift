import Foundation
import Text
import Time

/// The delay requested by a provider, in any of the known forms.
enum RetryDelay {
    /// Returns the delay in the header fields of an answer; nil when there is no plausible one.
    static func of(_ headers: ProviderHeaders, now: Date) -> Duration? {
        if let text = headers["retry-after-ms"], let delay = seconds(Double(text).map { $0 / 1000 }) { return delay }
        if let text = headers["retry-after"] {
            if let number = Double(text) { return seconds(number) }
            if let date = HTTPDate.parse(text) { return seconds(date.timeIntervalSince(now)) }
        }
        if let delay = exhaustedLimit(headers) { return delay }
        guard let text = headers["x-ratelimit-reset"], let number = Double(text) else { return nil }
        // Milliseconds or seconds since 1970, or seconds from now.
        switch number {
        case 1e11...: return seconds(number / 1000 - now.timeIntervalSince1970)
        case 1e9...: return seconds(number - now.timeIntervalSince1970)
        default: return seconds(number)
        }
    }

    /// Returns the longest reset time of the exhausted limits.
    private static func exhaustedLimit(_ headers: ProviderHeaders) -> Duration? {
        ["requests", "tokens"]
            .filter { headers["x-ratelimit-remaining-\($0)"] == "0" }
            .compactMap { headers["x-ratelimit-reset-\($0)"].flatMap { duration($0) ?? seconds(Double($0)) } }
            .max()
    }

    /// Converts a number of seconds; nil when it is negative, not finite or over a week.
    static func seconds(_ number: Double?) -> Duration? {
        guard let number, number.isFinite, number >= 0, number <= 7 * 86400 else { return nil }
        return .milliseconds(Int64((number * 1000).rounded(.up)))
    }

    /// Parses `34.4s`, `2m59.56s`, `120ms`, `1h2m`, the format of Go and protobuf durations.
    static func duration(_ text: String) -> Duration? {
        guard let text = text.word() else { return nil }
        let units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        var total = 0.0
        var rest = text[...]
        repeat {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            guard let number = Double(digits), let (name, unit) = units.first(where: { rest.hasPrefix($0.0) })
            else { return nil }
            total += number * unit
            rest = rest.dropFirst(name.count)
        } while !rest.isEmpty
        return seconds(total)
    }
}
