import ArgumentParser
import Identity
import Tenants
import Time
import Tokens

/// The token for a command, read from standard input, because other users can read command lines.
struct TokenInput: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Only - for standard input, where the token is read from in any case.", valueName: "-"))
    var source: StandardInputArgument?

    @Option(help: ArgumentHelp("Judge it as on a host that nginx says is this tenant's.", valueName: "tenant"))
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
