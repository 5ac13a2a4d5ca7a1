import Administration
import ArgumentParser
import Assistant
import Identity
import JSON
import ProviderKit
import Providers
import Tenants

/// `steward provider models`
struct ProviderModels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List the models available with a tenant's keys.",
        discussion: """
            The context is in tokens, prices are in US dollars per million tokens, if the provider reports them.

            Example: steward provider models acme
            """)

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let tenant = try await shared.workspace().tenant(tenant)
        var table = Table("PROVIDER", "MODEL", "CONTEXT", "INPUT $/M", "OUTPUT $/M")
        var json: [JSONValue] = []
        var failures: [String] = []
        for target in tenant.providers {
            do {
                guard let models = try await Self.models(of: target) else { continue }
                for model in models.sorted(by: { $0.id < $1.id }) {
                    table.add(
                        target.providerID, model.id, model.contextLength.map { "\($0)" } ?? "",
                        Self.price(model.inputPrice), Self.price(model.outputPrice))
                    json.append(model.json(provider: target.providerID))
                }
            } catch let error as ProviderError {
                failures.append(error.sentenceForOperator(target))
            }
        }
        try shared.show(.array(json), people: table.text)
        if !failures.isEmpty { throw CommandError(failures.joined(separator: "\n       ")) }
    }

    private static func models(of target: ProviderTarget) async throws -> [ProviderModel]? {
        try await ProviderTransport.withTransport { transport in
            let provider = try ProviderRegistry.standard.make(target.providerID, target.settings, transport: transport)
            return try await Progress.show("Asking \(target.providerID)") { try await provider.models() }
        }
    }

    /// Formats a price with at most four decimals and no trailing zeros.
    private static func price(_ dollars: Double?) -> String {
        guard let dollars else { return "" }
        let rounded = (dollars * 10_000).rounded() / 10_000
        return rounded == rounded.rounded() && rounded < 1e9 ? "\(Int(rounded))" : "\(rounded)"
    }
}

extension ProviderModel {
    fileprivate func json(provider: String) -> JSONValue {
        [
            "provider": .string(provider), "model": .string(id),
            "context": contextLength.map { .integer($0) } ?? .null,
            "input_price": inputPrice.map { .number($0) } ?? .null,
            "output_price": outputPrice.map { .number($0) } ?? .null,
        ]
    }
}

extension Tenant {
    /// One target of each provider in the chain, because models depend on the key and not on the target.
    fileprivate var providers: [ProviderTarget] {
        var seen: Set<String> = []
        return chain.filter { seen.insert($0.providerID).inserted }
    }
}
