import Administration
import ArgumentParser
import Identity
import JSON
import Tenants
import Time
import Tokens

/// `steward audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show the actions of operators on a tenant.",
        discussion: """
            The log is kept when the tenant is deleted. Manual edits of files are not recorded.

            Example: steward audit acme --last 20
            """)

    @Argument(help: "The tenant, even if it was deleted.")
    var tenant: TenantID

    @Option(help: "The number of newest entries to show.")
    var last: Int?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let last, last < 1 { throw ValidationError("--last must be at least 1.") }
    }

    func run() async throws {
        let paths = try shared.workspace().administration.paths
        guard let (entries, badLines) = try changing({ try AuditLog(paths: paths).read(tenant) }) else {
            throw CommandError(
                "there is no audit log of a tenant \(tenant)",
                advice: "List the tenants with `steward tenant list`, or choose their folder with --tenants.")
        }
        var table = Table("AT", "WHO", "WHAT", "DETAILS")
        let shown = last.map { entries.suffix($0) } ?? entries[...]
        for entry in shown {
            let outcome = entry.outcome == .failed ? " (failed)" : ""
            table.add(
                entry.at.description, Self.who(entry.actor), entry.action.rawValue + outcome,
                entry.details.members.map { "\($0.name)=\($0.value.string ?? $0.value.text)" }.joined(separator: " "))
        }
        try shared.show(.array(shown.map(\.json)), people: table.text)
        for line in badLines {
            StandardError.write("\(paths.audit(tenant)):\(line): not a valid entry, possibly cut off by a crash\n")
        }
    }

    private static func who(_ actor: AuditActor) -> String {
        let login = actor.login ?? "user \(actor.userID)"
        return actor.sudoUser.map { "\($0) as \(login)" } ?? login
    }
}
