import ArgumentParser
import Identity
import Tenants
import Time
import Tokens

/// The token for a command, read from standard input, because other users can read command lines.
struct TokenInput: ParsableArguments {
    @Argument(
        help: ArgumentHelp("- for standard input, from which the token is always read.", valueName: "-"))
    var source: StandardInputArgument?

    @Option(help: ArgumentHelp("Verify the token for a host that nginx assigns to this tenant.", valueName: "tenant"))
    var host: TenantID?

    func validate() throws { try StandardInputArgument.validate(source) }

    func read() throws -> String {
        let text = try FileInput.standardInput("the token", limit: 64 << 10)
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    func judge(_ token: String, _ snapshot: TenantSnapshot) -> TokenVerdict {
        do throws(TokenError) {
            return .good(try TokenVerifier(keys: snapshot).verify(token, host: host, now: .now))
        } catch {
            return .bad(error)
        }
    }
}
