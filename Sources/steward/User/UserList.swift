import Administration
import ArgumentParser
import Identity
import JSON
import Time
import TodoAPI
import TodoStore

/// `steward user list`
struct UserList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the users of a tenant who have data.",
        discussion: "Example: steward user list acme --json | jq -r '.[].user'")

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let users = try await reportingStoreErrors {
            try await shared.workspace().withUserData { try await $0.users(of: tenant) }
        }
        let rows = users.compactMap { entry in entry.user.map { (user: $0, entry: entry) } }
            .sorted { $0.user < $1.user }
        var table = Table("USER", "SINCE", "BYTES")
        for row in rows {
            table.add(row.user.rawValue, row.entry.createdAt.rfc3339, row.entry.bytes.map { "\($0)" } ?? "-")
        }
        let json = rows.map { row -> JSONValue in
            [
                "user": .string(row.user.rawValue), "created_at": .string(row.entry.createdAt.rfc3339),
                "bytes": row.entry.bytes.map { .integer($0) } ?? .null,
            ]
        }
        try shared.show(.array(json), people: rows.isEmpty ? "No user of \(tenant) has data yet.\n" : table.text)
    }
}
