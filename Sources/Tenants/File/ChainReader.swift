internal import JSON
internal import ProviderKit

/// A reader of the chain of targets in `provider`, `fallbacks` and `providers`.
struct ChainReader {
    private static let fallbackLimit = 8

    let registry: ProviderRegistry

    /// A `provider` or `provider/model` with its position.
    private struct Link {
        let provider: String
        let model: String?
        let key: String
        let position: TextPosition
    }

    func targets(_ file: inout SectionReader) -> [TargetDefinition] {
        let links = links(&file)
        let sections = sections(&file)
        var targets: [TargetDefinition] = []
        var seen: Set<[String?]> = []
        for (index, link) in links.enumerated() {
            let timeouts = timeouts(link, before: links[(index + 1)...])
            let target = target(link, section: sections[link.provider], timeouts: timeouts)
            let model = target.model ?? registry[link.provider]?.defaultModel
            guard seen.insert([link.provider, model]).inserted else {
                file.fail(at: link.position, link.key, "repeats the provider and model of an earlier one")
                continue
            }
            targets.append(target)
        }
        return targets
    }

    private func links(_ file: inout SectionReader) -> [Link] {
        var links: [Link] = []
        let provider = file.text("provider", length: 1...64)
        if let provider {
            let position = file.position(of: "provider")
            if check(provider, "provider", position, file) {
                links.append(Link(provider: provider, model: nil, key: "provider", position: position))
            }
        } else if !file.names.contains(where: { $0.name == "provider" }) {
            file.fail("provider", "is required; known are \(registry.ids.joined(separator: ", "))")
        }
        for (text, position) in file.texts("fallbacks", limit: Self.fallbackLimit) ?? [] {
            // The provider ends at the first slash. A model may contain further slashes and colons.
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let provider = String(parts[0])
            guard check(provider, "fallbacks", position, file) else { continue }
            let model = parts.count == 2 ? String(parts[1]) : nil
            guard model.map(Self.isModel) ?? true else {
                file.fail(
                    at: position, "fallbacks", "must be a provider, or a provider and a model, such as groq/some-model")
                continue
            }
            links.append(Link(provider: provider, model: model, key: "fallbacks", position: position))
        }
        return links
    }

    private func check(_ provider: String, _ key: String, _ position: TextPosition, _ file: SectionReader) -> Bool {
        guard registry[provider] == nil else { return true }
        let suggestion = Suggestion.text(for: provider, among: registry.ids)
        file.fail(
            at: position, key,
            "unknown provider \"\(provider.prefix(64))\"\(suggestion.isEmpty ? ";" : suggestion) known are \(registry.ids.joined(separator: ", "))"
        )
        return false
    }

    private func sections(_ file: inout SectionReader) -> [String: Section] {
        guard var providers = file.section("providers") else { return [:] }
        var sections: [String: Section] = [:]
        for (name, position) in providers.names {
            guard let descriptor = registry[name] else {
                _ = check(name, "providers", position, file)
                _ = providers.value(name, "a section") { _ in true }
                continue
            }
            guard var section = providers.section(name) else { continue }
            sections[name] = Section(&section, descriptor: descriptor)
            section.finish()
        }
        return sections
    }

    /// Returns the adapter's limits on silence, or the standard ones where a quicker server follows in the chain: nobody
    /// should wait for minutes before it is asked.
    private func timeouts(_ link: Link, before others: ArraySlice<Link>) -> ProviderTimeouts {
        let own = registry[link.provider]?.timeouts ?? ProviderTimeouts()
        let isFollowed = others.contains { other in
            registry[other.provider].map { $0.asksServer && $0.timeouts.firstByte < own.firstByte } ?? false
        }
        return isFollowed ? ProviderTimeouts() : own
    }

    private func target(_ link: Link, section: Section?, timeouts: ProviderTimeouts) -> TargetDefinition {
        TargetDefinition(
            providerID: link.provider, model: link.model ?? section?.model, apiKey: section?.apiKey,
            baseURL: section?.baseURL, allowPrivate: section?.allowPrivate ?? false,
            timeouts: ProviderTimeouts(
                firstByte: section?.firstByte ?? timeouts.firstByte, idle: section?.idle ?? timeouts.idle),
            options: section?.options ?? JSONObject(),
            position: section?.position ?? link.position, positions: section?.positions ?? [:])
    }

    static func isModel(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
