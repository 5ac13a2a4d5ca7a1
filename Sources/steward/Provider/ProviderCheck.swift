import Administration
import ArgumentParser
import Identity
import JSON
import Tenants

/// `steward provider check`
struct ProviderCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check every provider of a tenant with one small request.",
        discussion: """
            Asks each target of the chain to list the tasks, which shows whether it can be reached, whether its key and
            its model are valid, whether it calls tools, and the time to its first token. The requests are billed by
            the provider. Exits with 1 if a target fails.

            Example: steward provider check acme
            """)

    @Argument(help: "The tenant.")
    var tenant: TenantID

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let tenant = try await shared.workspace().tenant(tenant)
        var checks: [TargetCheck] = []
        for target in tenant.chain {
            checks.append(
                try await Progress.show("Asking \(target.providerID)") {
                    try await TargetCheck.run(target, timeZone: tenant.assistant.timeZone)
                })
        }
        var table = Table("PROVIDER", "MODEL", "REACHABLE", "KEY", "MODEL KNOWN", "TOOLS", "FIRST TOKEN")
        for check in checks {
            table.add(
                check.target.providerID, check.model, Self.word(check.isReachable), Self.word(check.isKeyGood),
                Self.word(check.isModelKnown), Self.word(check.usesTools),
                check.firstToken.map { "\($0.wholeMilliseconds) ms" } ?? "")
        }
        let failed = checks.filter { $0.problem != nil }
        try shared.show(.array(checks.map(\.json)), people: table.text)
        guard failed.isEmpty else {
            throw CommandError(failed.compactMap(\.problem).joined(separator: "\n       "))
        }
    }

    private static func word(_ answer: Bool?) -> String { answer.map { $0 ? "yes" : "no" } ?? "" }
}
