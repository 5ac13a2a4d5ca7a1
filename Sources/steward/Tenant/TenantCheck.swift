import Administration
import ArgumentParser
import Identity
import JSON
import Tenants

/// `steward tenant check`
struct TenantCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check one tenant or all of them, and list every problem.",
        discussion: """
            Prints the file, line, column, key and fix of each problem. Exits with 1 if there is one.

            Example: steward tenant check acme
            """)

    @Argument(help: "The tenant. (default: all of them)")
    var id: TenantID?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let snapshot = try await workspace.tenants()
        if let id { _ = try snapshot.record(id) }
        let checked = id.map { [$0] } ?? snapshot.ids
        let found = checked.map { ($0, snapshot.problems(of: $0) + workspace.administration.leftovers(of: $0)) }
        let general = id == nil ? snapshot.folderProblems + workspace.administration.leftoversWithoutTenant() : []
        let problems = general + found.flatMap { $0.1 }
        let json =
            general.map { $0.json(tenant: nil) }
            + found.flatMap { tenant, problems in problems.map { $0.json(tenant: tenant) } }
        let good =
            checked.count == 1 ? "The tenant \(checked[0]) is valid.\n" : "All \(checked.count) tenants are valid.\n"
        try shared.show(
            .array(json), people: problems.isEmpty ? good : problems.map { "\($0)\n" }.joined())
        guard problems.isEmpty else {
            throw CommandError(
                problems.count == 1 ? "one problem was found" : "\(problems.count) problems were found",
                advice: "A running server keeps the previous configuration until the files are valid.")
        }
    }
}

extension TenantProblem {
    fileprivate func json(tenant: TenantID?) -> JSONValue {
        [
            "tenant": tenant.map { .string($0.rawValue) } ?? .null, "file": .string(file),
            "line": position.map { .integer($0.line) } ?? .null,
            "column": position.map { .integer($0.column) } ?? .null,
            "key": key.map(JSONValue.string) ?? .null, "message": .string(message),
        ]
    }
}
