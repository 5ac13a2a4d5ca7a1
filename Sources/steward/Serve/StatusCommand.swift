import Administration
import ArgumentParser
import JSON

/// `steward status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the status of the running server.",
        discussion: """
            Example:
              steward status --data /var/lib/steward
            """)

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let workspace = try shared.workspace()
        let status = try await AdminClient(socket: AdminClient.socket(in: workspace.dataFolder)).status()
        try shared.show(status, people: Table(pairs: Self.flattened(status)).text)
    }

    /// Flattens nested members to names such as `fastcgi.active`, in the order of the answer.
    private static func flattened(_ value: JSONValue, under prefix: String = "") -> [(String, String)] {
        guard case .object(let object) = value else { return [(prefix, value.string ?? value.text)] }
        return object.members.flatMap { member in
            flattened(member.value, under: prefix.isEmpty ? member.name : "\(prefix).\(member.name)")
        }
    }
}
