import Administration
import ArgumentParser
import JSON
import ProviderKit
import Providers
import Time

/// `steward provider show`
struct ProviderShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the settings of a provider in a tenant file.",
        discussion: "Example: steward provider show openrouter")

    @Argument(help: "The provider; see `steward provider list`.")
    var id: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let descriptor: ProviderDescriptor
        do {
            descriptor = try ProviderRegistry.standard.descriptor(id)
        } catch {
            throw CommandError("\(error)", advice: "See them with `steward provider list`.")
        }
        try shared.show(descriptor.json, people: Self.text(descriptor))
    }

    private static func text(_ descriptor: ProviderDescriptor) -> String {
        var keys = [
            ("model", descriptor.defaultModel.map { "the model (default: \($0))" } ?? "the model (required)"),
            (
                "api_key",
                descriptor.needsAPIKey ? "the location of the API key: env:NAME, file:PATH, … (required)" : "not needed"
            ),
            (
                "base_url",
                descriptor.needsBaseURL ? "the URL of the server (required)" : "a URL other than the provider's own"
            ),
            ("allow_private", "true allows plain http and private addresses in base_url"),
            (
                "timeouts",
                """
                maximum silence (default: {first_byte: \(descriptor.timeouts.firstByte.unitText), \
                idle: \(descriptor.timeouts.idle.unitText)})
                """
            ),
        ]
        keys += descriptor.options.map { ($0.key, $0.summary) }
        return """
            \(descriptor.name). \(descriptor.summary)

            In a tenant file, under providers.\(descriptor.id):
            \(Table(pairs: keys).text)
            """
    }
}

extension ProviderDescriptor {
    var json: JSONValue {
        [
            "id": .string(id), "name": .string(name), "summary": .string(summary),
            "default_model": defaultModel.map(JSONValue.string) ?? .null, "needs_api_key": .bool(needsAPIKey),
            "needs_base_url": .bool(needsBaseURL),
            "timeouts": ["first_byte": .string(timeouts.firstByte.unitText), "idle": .string(timeouts.idle.unitText)],
            "options": .array(options.map { ["key": .string($0.key), "summary": .string($0.summary)] }),
        ]
    }
}
