import Administration
import ArgumentParser
import Identity
import JSON
import ProviderKit
import Providers
import Tenants

/// `steward secret rotate-master`
struct SecretRotateMaster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-master", abstract: "Replace the master key, and seal every secret again with the new one.",
        discussion: """
            The new key is added to the file, every sealed secret of every tenant's file is sealed with it, then the \
            old key is removed. An interrupted rotation leaves every secret readable; a second run continues it. A \
            sealed secret that is not yet in a tenant's file is not found, and cannot be opened afterwards.

            Example: steward secret rotate-master --master-key /etc/steward/master
            """)

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let file = try workspace.requiredMasterFile()
        let administration = workspace.administration
        let (rotation, touched) = try await Progress.show("Sealing anew") {
            var touched: [(tenant: TenantID, secrets: Int)] = []
            let rotation = try changing {
                try administration.rotateMasterKey(file, registry: .standard) { tenant, secrets in
                    if secrets > 0 { touched.append((tenant, secrets)) }
                }
            }
            return (rotation, touched)
        }
        await workspace.tellServer()
        let total = touched.map(\.secrets).reduce(0, +)
        var text = rotation.isResumed ? "Continued an interrupted rotation.\n" : ""
        text += "The new master key is \(rotation.newKeyID); removed: \(rotation.oldKeyIDs.joined(separator: ", ")).\n"
        text += "Sealed again: \(total) secrets in the files of \(touched.count) tenants.\n"
        try shared.show(
            [
                "master_key": .string(rotation.newKeyID), "dropped": .array(rotation.oldKeyIDs.map(JSONValue.string)),
                "resumed": .bool(rotation.isResumed),
                "sealed": .object(JSONObject(touched.map { ($0.tenant.rawValue, .integer($0.secrets)) })),
            ], people: text)
    }
}
