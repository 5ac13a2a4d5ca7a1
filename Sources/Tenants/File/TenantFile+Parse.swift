import Files
internal import Foundation
package import ProviderKit
internal import Text

extension TenantFile {
    /// Parses the text of a file strictly. All problems are found in one pass; a file with problems is not returned.
    package static func parse(
        _ bytes: [UInt8], file: String, registry: ProviderRegistry
    ) -> (file: TenantFile?, problems: [TenantProblem]) {
        let log = ProblemLog(file: file)
        guard var section = SectionReader.root(bytes, example: "provider", problems: log) else {
            return (nil, log.problems)
        }
        let parsed = TenantFile(section: &section, registry: registry)
        section.finish()
        return log.isEmpty ? (parsed, []) : (nil, log.problems)
    }

    private init(section: inout SectionReader, registry: ProviderRegistry) {
        name = section.text("name", length: 1...200)
        targets = ChainReader(registry: registry).targets(&section)
        assistant = Self.assistant(&section, targets)
        limits = Self.limits(&section)
        var tokens = section.section("tokens")
        let maxLife = tokens?.duration("max_life", .seconds(1)...(.seconds(365 * 86_400)))
        tokens?.finish()
        maxTokenLife = maxLife ?? Tenant.defaultMaxTokenLife
        allowedOrigins = Self.origins(&section)
        store = section.text("store", length: 1...63)
        storePosition = section.position(of: "store")
    }

    private static let longestDeadline = Duration.seconds(300)
    /// The time to the first word of a target above which turns get the longest deadline.
    private static let slowTarget = Duration.seconds(60)

    private static func assistant(
        _ file: inout SectionReader, _ targets: [TargetDefinition]
    ) -> AssistantSettings {
        var settings = AssistantSettings()
        if targets.contains(where: { $0.timeouts.firstByte > slowTarget }) { settings.deadline = longestDeadline }
        guard var section = file.section("assistant") else { return settings }
        if let name = section.text("time_zone", length: 1...64) {
            if let zone = TimeZone(identifier: name) {
                settings.timeZone = zone
            } else {
                let suggestion = Suggestion.text(for: name, among: TimeZone.knownTimeZoneIdentifiers)
                section.fail("time_zone", "must be an IANA time zone such as Europe/Berlin\(suggestion)")
            }
        }
        settings.instructions = section.text("instructions", length: 1...8_000)
        settings.deadline = section.duration("deadline", .seconds(1)...longestDeadline) ?? settings.deadline
        settings.maxRounds = section.integer("max_rounds", 1...64) ?? settings.maxRounds
        settings.maxChanges = section.integer("max_changes", 1...1_000) ?? settings.maxChanges
        settings.historyMessages = section.integer("history_messages", 0...1_000) ?? settings.historyMessages
        settings.maxOutputTokens = section.integer("max_output_tokens", 16...100_000) ?? settings.maxOutputTokens
        settings.safetyNet = section.bool("safety_net") ?? settings.safetyNet
        section.finish()
        return settings
    }

    private static func limits(_ file: inout SectionReader) -> TenantLimits {
        var limits = TenantLimits()
        guard var section = file.section("limits") else { return limits }
        limits.chatsPerMinute = section.integer("chats_per_minute", 1...100_000) ?? limits.chatsPerMinute
        limits.concurrentChats = section.integer("concurrent_chats", 1...10_000) ?? limits.concurrentChats
        limits.requestsPerMinute =
            section.integer("requests_per_minute", 1...10_000_000) ?? limits.requestsPerMinute
        limits.users = section.integer("users", 1...100_000_000) ?? limits.users
        limits.tasks = section.integer("tasks", 1...10_000_000) ?? limits.tasks
        limits.conversations = section.integer("conversations", 1...10_000_000) ?? limits.conversations
        limits.messages = section.integer("messages", 2...100_000_000) ?? limits.messages
        limits.databaseSize = section.size("database", (1 << 20)...(1 << 40)) ?? limits.databaseSize
        limits.retention =
            section.duration("retention", .seconds(86_400)...(.seconds(36_500 * 86_400))) ?? limits.retention
        section.finish()
        return limits
    }

    private static func origins(_ file: inout SectionReader) -> [String] {
        var origins: [String] = []
        for (text, position) in file.texts("allowed_origins", limit: 64) ?? [] {
            if isOrigin(text) {
                origins.append(text)
            } else {
                file.fail(
                    at: position, "allowed_origins",
                    "must be only a scheme, host and port, such as https://todo.acme.example")
            }
        }
        return origins
    }

    /// Returns whether the text is an origin as browsers send it. A `*` would let every site use a user's token.
    private static func isOrigin(_ text: String) -> Bool {
        guard text.utf8.count <= Tenant.longestOrigin, text.isVisibleASCII, let url = URLComponents(string: text),
            let scheme = url.scheme, let host = url.host, !host.isEmpty,
            scheme == "https" || scheme == "http"
        else { return false }
        let port = url.port.map { ":\($0)" } ?? ""
        return text == "\(scheme)://\(host)\(port)" && text == text.lowercased() && !host.contains("*")
    }
}
