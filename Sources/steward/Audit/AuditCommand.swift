import ArgumentParser
import Identity
import JSON
import Tenants
import Time
import Tokens

/// `steward audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who did what to a tenant with these commands, and when.",
        discussion: """
            The log stays when the tenant is deleted. Edits of its file by hand are not in it.

            Example: steward audit acme --last 20
            """)

    @Argument(help: "The tenant, which may be deleted.")
    var tenant: TenantID

    @Option(help: "Show only so many of the newest entries.")
    var last: Int?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if let last, last < 1 { throw ValidationError("--last takes a number from 1.") }
    }

    func run() async throws {
        let paths = try shared.workspace().administration.paths
        guard let (entries, badLines) = try changing({ try AuditLog(paths: paths).read(tenant) }) else {
            throw CommandError(
                "nothing was ever done to a tenant \(tenant)",
                advice: "See those that are there with `steward tenant list`, or name their folder with --tenants.")
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
            StandardError.write("\(paths.audit(tenant)):\(line): no entry, perhaps cut off by a crash\n")
        }
    }

    private static func who(_ actor: AuditActor) -> String {
        let login = actor.login ?? "user \(actor.userID)"
        return actor.sudoUser.map { "\($0) as \(login)" } ?? login
    }
}
