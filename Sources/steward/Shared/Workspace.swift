import Configuration
import Foundation
import ProviderKit
import Providers
import Tenants
import Tokens

/// What a command works on.
///
/// ## Configuration keys
/// - `tenants` (string, optional, default: `tenants`): the folder of the tenants.
/// - `data` (string, optional, default: `data`): the folder of the users' data.
struct Workspace: Sendable {
    let tenantsFolder: String
    let dataFolder: String
    let surroundings: Surroundings

    init(surroundings: Surroundings, settings: ConfigReader) {
        self.surroundings = surroundings
        tenantsFolder = settings.string(forKey: "tenants", default: "tenants")
        dataFolder = settings.string(forKey: "data", default: "data")
    }

    var administration: TenantAdministration { TenantAdministration(root: tenantsFolder) }

    /// Runs `body` with what tenant files may name.
    func withCatalogue<Result: Sendable>(
        _ body: @Sendable (ProviderCatalogue) async throws -> Result
    ) async throws -> Result {
        try await ProviderTransport.withTransport { transport in
            try await body(ProviderRegistry.standard.catalogue(transport))
        }
    }

    /// All tenants, as they are now.
    func tenants() async throws -> TenantSnapshot {
        guard FileManager.default.fileExists(atPath: tenantsFolder) else {
            throw CommandError(
                "there is no tenants folder \(tenantsFolder)",
                advice: "Make a first tenant with `steward tenant create ID`, or name the folder with --tenants.")
        }
        return try await withCatalogue { catalogue in
            await Progress.show("Reading the tenants") {
                TenantDirectory(
                    root: tenantsFolder, catalogue: catalogue, secrets: surroundings.secrets, now: .now
                ).snapshot
            }
        }
    }
}
