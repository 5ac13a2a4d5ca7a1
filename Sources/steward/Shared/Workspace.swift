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
/// - `master.key.file` (string, optional, default: systemd's credential `steward-master`): the file of the master keys.
struct Workspace: Sendable {
    let tenantsFolder: String
    let dataFolder: String
    /// Nil where nobody has named one: then nothing can be sealed or opened.
    let masterFile: MasterKeyFile?
    let environment: ProcessEnvironment

    init(environment: ProcessEnvironment, settings: ConfigReader) {
        self.environment = environment
        tenantsFolder = settings.string(forKey: "tenants", default: "tenants")
        dataFolder = settings.string(forKey: "data", default: "data")
        masterFile =
            settings.string(forKey: "master.key.file").map { MasterKeyFile(path: $0) } ?? environment.masterCredential
    }

    var administration: TenantAdministration { TenantAdministration(root: tenantsFolder) }

    /// Where the references of tenant files lead.
    var secrets: SecretSources { environment.secrets(masterFile: masterFile) }

    /// Makes a change, and tells a running server of it.
    func change<Result>(_ body: (TenantAdministration) throws -> Result) async throws -> Result {
        let result = try changing { try body(administration) }
        await tellServer()
        return result
    }

    /// Lets the server of this data folder look at the tenants at once. Where none answers there is nobody to tell, and
    /// one that is busy looks by itself within a second.
    func tellServer() async {
        let socket = AdminClient.socket(in: dataFolder)
        guard FileManager.default.fileExists(atPath: socket) else { return }
        try? await AdminClient(socket: socket).reload()
    }

    func requiredMasterFile() throws(CommandError) -> MasterKeyFile {
        guard let masterFile else {
            throw CommandError(
                "no master key was named (--master-key, STEWARD_MASTER_KEY_FILE or the credential steward-master)",
                advice: "Make one with `steward secret create-master FILE`.")
        }
        return masterFile
    }

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
                    root: tenantsFolder, catalogue: catalogue, secrets: secrets, now: .now
                ).snapshot
            }
        }
    }
}
