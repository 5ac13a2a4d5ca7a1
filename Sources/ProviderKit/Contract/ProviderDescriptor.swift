/// The static description of an adapter.
package struct ProviderDescriptor: Sendable, Hashable {
    /// The name in tenant files: lowercase letters with hyphens.
    package let id: String
    /// The display name.
    package let name: String
    /// A summary in one sentence.
    package let summary: String
    /// The model used when the tenant names none; nil when it must be named.
    package let defaultModel: String?
    package let needsAPIKey: Bool
    package let needsBaseURL: Bool
    /// The maximum silence where the tenant's file names none.
    package let timeouts: ProviderTimeouts
    /// The adapter's own keys in the provider section, in addition to the common ones.
    package let options: [ProviderOption]

    /// Whether the adapter sends requests over the network.
    package var asksServer: Bool { needsAPIKey || needsBaseURL }

    package init(
        id: String, name: String, summary: String, defaultModel: String?, needsAPIKey: Bool = true,
        needsBaseURL: Bool = false, timeouts: ProviderTimeouts = ProviderTimeouts(), options: [ProviderOption] = []
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.defaultModel = defaultModel
        self.needsAPIKey = needsAPIKey
        self.needsBaseURL = needsBaseURL
        self.timeouts = timeouts
        self.options = options
    }
}

/// One of an adapter's own keys in the provider section.
package struct ProviderOption: Sendable, Hashable {
    package let key: String
    package let summary: String

    package init(key: String, summary: String) {
        self.key = key
        self.summary = summary
    }
}
