import Administration
import Configuration
import Foundation
import ProviderKit
import Providers
import Tenants
import Time
import Tokens

/// The folders that a command works on.
///
/// ## Configuration keys
/// - `tenants` (string, optional, default: `tenants`): the folder of the tenants.
/// - `data` (string, optional, default: `data`): the folder of the users' data.
/// - `stores` (string, optional, default: `stores.yaml` beside the folder of the tenants, if it is there): the file of the
///   stores.
/// - `master.key.file` (string, optional, default: systemd's credential `steward-master`): the file of the master keys.
struct Workspace: Sendable {
    let tenantsFolder: String
    let dataFolder: String
    let storesFile: StoresFile
    /// The file of the master keys; without it no secret can be sealed or opened.
    let masterFile: MasterKeyFile?
    let environment: ProcessEnvironment

    init(environment: ProcessEnvironment, settings: ConfigReader) {
        self.environment = environment
        tenantsFolder = settings.string(forKey: "tenants", default: "tenants")
        dataFolder = settings.string(forKey: "data", default: "data")
        let stores = settings.string(forKey: "stores")
        let folder = URL(filePath: tenantsFolder).deletingLastPathComponent().path(percentEncoded: false)
        storesFile = StoresFile(path: stores ?? folder + "stores.yaml", isGiven: stores != nil)
        masterFile =
            settings.string(forKey: "master.key.file").map { MasterKeyFile(path: $0) } ?? environment.masterCredential
    }

    var administration: TenantAdministration { TenantAdministration(root: tenantsFolder) }

    /// The sources for the references of tenant files.
    var secrets: SecretSources { environment.secrets(masterFile: masterFile) }

    /// Makes a change and notifies a running server.
    func change<Result>(_ body: (TenantAdministration) throws -> Result) async throws -> Result {
        let result = try changing { try body(administration) }
        await tellServer()
        return result
    }

    /// Makes the server of this data folder read the tenants at once. Errors are ignored: without a server there is
    /// nothing to do, and a busy one checks on its own within a second.
    func tellServer() async {
        let socket = AdminClient.socket(in: dataFolder)
        guard FileManager.default.fileExists(atPath: socket) else { return }
        try? await AdminClient(socket: socket).reload()
    }

    func requiredMasterFile() throws(CommandError) -> MasterKeyFile {
        guard let masterFile else {
            throw CommandError(
                "no master key file was given (--master-key, STEWARD_MASTER_KEY_FILE or the credential steward-master)",
                advice: "Create one with `steward secret create-master FILE`.")
        }
        return masterFile
    }

    /// Returns all tenants, as currently on disk.
    func tenants() async throws -> TenantSnapshot {
        guard FileManager.default.fileExists(atPath: tenantsFolder) else {
            throw CommandError(
                "there is no tenants folder \(tenantsFolder)",
                advice: "Create a tenant with `steward tenant create ID`, or choose the folder with --tenants.")
        }
        let stores = try stores()
        return await Progress.show("Reading the tenants") {
            TenantDirectory(root: tenantsFolder, registry: .standard, secrets: secrets, stores: stores, now: .now)
                .snapshot
        }
    }
}
