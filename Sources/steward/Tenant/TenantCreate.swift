import Administration
import ArgumentParser
import Foundation
import Identity
import JSON
import ProviderKit
import Providers
import Tenants
import Time
import Tokens

/// `steward tenant create`
struct TenantCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a tenant.",
        discussion: """
            The tenant's file is also written if its provider still needs a key; the command then names it.

            Example: steward tenant create acme --name "Acme GmbH" --provider openrouter
            """)

    @Argument(help: "The id: 1 to 63 of a-z, 0-9 and -, not beginning with -.")
    var id: TenantID

    @Option(help: "The display name. (default: the id)")
    var name: String?

    @Option(help: "The provider for its chats; see `steward provider list`. (default: offline)")
    var provider: String?

    @Option(
        help: ArgumentHelp(
            "Read the provider and the model from a .env file; the keys stay there.", valueName: "file"))
    var fromEnv: String?

    @Flag(help: "Adopt the users' data of an earlier tenant with this id.")
    var adoptData = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let data = "\(workspace.dataFolder)/\(id)"
        guard adoptData || !FileManager.default.fileExists(atPath: data) else {
            throw CommandError(
                "\(data) contains the users' data of an earlier tenant \(id)",
                advice: "Give it to the new tenant with --adopt-data, or choose another id.")
        }
        let template = try template(environment: workspace.environment)
        try changing { try workspace.administration.create(template, registry: .standard) }
        let problems = try Self.problems(workspace, id)
        await workspace.tellServer()
        let file = workspace.administration.paths.file(id)
        var text = "Created the tenant \(id): \(file)\n"
        if !problems.isEmpty {
            text += "It cannot answer chats yet:\n" + problems.map { "  \($0)\n" }.joined()
            text += "Then check it with: steward tenant check \(id)\n"
        }
        text += "Create its signing key with: steward key create \(id)\n"
        try shared.show(
            [
                "id": .string(id.rawValue), "file": .string(file),
                "problems": .array(problems.map { .string($0.description) }),
            ], people: text)
    }

    private func template(environment: ProcessEnvironment) throws -> TenantTemplate {
        let registry = ProviderRegistry.standard
        if let provider, registry[provider] == nil { throw CommandError.unknownProvider(provider) }
        if let fromEnv {
            let text = try FileInput.text(of: fromEnv, limit: 1 << 20)
            let variables = DotEnv(text, environment: environment.variables).values
            guard
                let template = TenantTemplate(
                    id: id, name: name, providerID: provider, variables: variables, registry: registry)
            else {
                throw CommandError(
                    "\(fromEnv) names no known provider",
                    advice: "Choose one with --provider: \(registry.ids.joined(separator: ", ")).")
            }
            return template
        }
        let id = provider ?? "offline"
        guard let descriptor = registry[id] else { throw CommandError.unknownProvider(id) }
        return TenantTemplate(id: self.id, name: name, provider: descriptor)
    }

    /// Returns what the new tenant lacks, as the server would report it.
    private static func problems(_ workspace: Workspace, _ id: TenantID) throws -> [TenantProblem] {
        TenantDirectory(
            root: workspace.tenantsFolder, registry: .standard, secrets: workspace.secrets,
            stores: try workspace.stores(), now: .now
        ).snapshot.problems(of: id)
    }
}

extension CommandError {
    static func unknownProvider(_ id: String) -> CommandError {
        CommandError(
            "there is no provider \"\(id)\"",
            advice: "There are \(ProviderRegistry.standard.ids.joined(separator: ", ")); see `steward provider list`."
        )
    }
}
