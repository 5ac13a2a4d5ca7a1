import ArgumentParser
import JSON
import Time
import Tokens

/// `steward token inspect`
struct TokenInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show the content of a token, and whether it is valid. Exits with 1 if not.",
        discussion: "Example: echo \"$TOKEN\" | steward token inspect")

    @OptionGroup var input: TokenInput
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let token = try input.read()
        let verdict = input.judge(token, try await shared.workspace().tenants())
        let parts = try? UnverifiedToken(token)
        let header = try? parts?.header()
        let claims = try? parts?.claims()
        var json = verdict.json
        json["header"] = header.map(JSONValue.object) ?? .null
        json["claims"] = claims.map(JSONValue.object) ?? .null
        var pairs: [(String, String)] = []
        for (part, object) in [("header", header), ("claim", claims)] {
            for member in object?.members ?? [] {
                pairs.append(("\(part) \(member.name)", Self.text(member)))
            }
        }
        try shared.show(.object(json), people: Table(pairs: pairs).text + verdict.text)
        guard verdict.isGood else { throw ExitCode.failure }
    }

    private static func text(_ member: JSONObject.Member) -> String {
        if let seconds = member.value.integer, ["exp", "iat", "nbf"].contains(member.name),
            (0...253_402_300_799).contains(seconds)
        {
            return "\(seconds) (\(UnixTime(seconds)))"
        }
        return member.value.text
    }
}
