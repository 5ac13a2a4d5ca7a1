/// What is known of an adapter before anyone uses it.
package struct ProviderDescriptor: Sendable, Hashable {
    /// The name in tenant files: lower case with hyphens.
    package let id: String
    /// The name for people.
    package let name: String
    /// One sentence.
    package let summary: String
    /// The model in force when the tenant names none; nil where it must be named.
    package let defaultModel: String?
    package let needsAPIKey: Bool
    package let needsBaseURL: Bool
    /// Its own keys in the provider section, beyond those that every section takes.
    package let options: [ProviderOption]

    package init(
        id: String, name: String, summary: String, defaultModel: String?, needsAPIKey: Bool = true,
        needsBaseURL: Bool = false, options: [ProviderOption] = []
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.defaultModel = defaultModel
        self.needsAPIKey = needsAPIKey
        self.needsBaseURL = needsBaseURL
        self.options = options
    }
}

/// One of an adapter's own keys in the tenant file.
package struct ProviderOption: Sendable, Hashable {
    package let key: String
    package let summary: String

    package init(key: String, summary: String) {
        self.key = key
        self.summary = summary
    }
}
