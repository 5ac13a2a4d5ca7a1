import Administration
import ArgumentParser
import Identity
import JSON
import ProviderKit
import Tenants
import Time

/// `steward provider check`
struct ProviderCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check every provider of a tenant as a chat would use it.",
        discussion: """
            Asks each target of the chain to list the tasks, with the prompt and the tools of a real chat. Shows whether
            it can be reached, whether its key and its model are valid, whether it calls tools, the time to its first
            token compared with the tenant's timeouts, and the tokens of the prompt and of the context. The requests are
            billed by the provider. Exits with 1 if a target would fail in a chat; warnings do not change the exit code.

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
                    try await TargetCheck.run(target, of: tenant)
                })
        }
        var table = Table(
            "PROVIDER", "MODEL", "REACHABLE", "KEY", "MODEL KNOWN", "TOOLS", "FIRST TOKEN", "LIMIT",
            "PROMPT", "CONTEXT")
        for check in checks {
            table.add(
                check.target.providerID, check.model, Self.word(check.isReachable), Self.word(check.isKeyGood),
                Self.word(check.isModelKnown), Self.word(check.usesTools),
                check.firstToken.map { "\($0.wholeMilliseconds) ms" } ?? "",
                check.target.settings.timeouts.firstByte.unitText, check.promptTokens.map { "\($0)" } ?? "",
                check.context.map { "\($0)" } ?? "")
        }
        let failed = checks.filter { $0.problem != nil }
        try shared.show(
            .array(checks.map(\.json)),
            people: table.text + checks.flatMap(\.warnings).map { "warning: \($0)\n" }.joined())
        guard failed.isEmpty else {
            throw CommandError(failed.compactMap(\.problem).joined(separator: "\n       "))
        }
    }

    private static func word(_ answer: Bool?) -> String { answer.map { $0 ? "yes" : "no" } ?? "" }
}
