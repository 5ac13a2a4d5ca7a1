import ArgumentParser
import Identity
import JSON
import Tenants
import Time
import Tokens

/// `steward key list`
struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys of a tenant.", discussion: "Example: steward key list acme")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let record = try await shared.workspace().tenants().record(tenant)
        let signer = record.signer(at: .now)
        var table = Table("KID", "ALG", "STATE", "ORIGIN", "CREATED", "ENDS", "SIGNS")
        var items: [JSONValue] = []
        for key in record.keys.sorted(by: { ($0.createdAt, $0.kid) < ($1.createdAt, $1.kid) }) {
            table.add(
                key.kid.rawValue, key.algorithm.rawValue, key.state.rawValue, key.origin.rawValue,
                key.createdAt.description, key.notAfter?.description ?? "", key == signer ? "yes" : "no")
            var item = key.json
            item["signs"] = .bool(key == signer)
            items.append(.object(item))
        }
        let hint = "\(tenant) has no keys yet. Create one with: steward key create \(tenant)\n"
        try shared.show(.array(items), people: items.isEmpty ? hint : table.text)
    }
}
