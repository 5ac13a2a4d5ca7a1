import Administration
import ArgumentParser
import Identity
import JSON
import TodoAPI
import TodoStore

/// `steward user show`
struct UserShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the amount of a user's data, without its content.",
        discussion: "Example: steward user show acme alice")

    @OptionGroup var arguments: AccountArguments
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let summary = try await reportingStoreErrors {
            try await shared.workspace().withUserData { try await $0.summary(of: arguments.account) }
        }
        guard let summary else { throw arguments.missing }
        var members: JSONObject = [
            "tenant": .string(arguments.tenant.rawValue), "user": .string(arguments.user.rawValue),
        ]
        for member in summary.json.object?.members ?? [] { members[member.name] = member.value }
        let pairs = members.members.map { ($0.name, $0.value.string ?? $0.value.text) }
        try shared.show(.object(members), people: Table(pairs: pairs).text)
    }
}
