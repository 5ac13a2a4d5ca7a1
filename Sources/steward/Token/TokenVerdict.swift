import Identity
import JSON
import Time
import Tokens

/// The result of verifying a token.
enum TokenVerdict {
    case good(VerifiedToken)
    case bad(TokenError)

    var isGood: Bool {
        if case .good = self { true } else { false }
    }

    var json: JSONObject {
        switch self {
        case .good(let token):
            [
                "valid": true, "reason": .null, "tenant": .string(token.account.tenant.rawValue),
                "user": .string(token.account.user.rawValue), "kid": .string(token.kid.rawValue),
                "exp": .integer(token.expiresAt.seconds),
            ]
        case .bad(let error):
            [
                "valid": false, "reason": .string(error.rawValue), "tenant": .null, "user": .null, "kid": .null,
                "exp": .null,
            ]
        }
    }

    var text: String {
        switch self {
        case .good(let token):
            """
            Valid: for \(token.account.user) of \(token.account.tenant) until \(token.expiresAt).
            Its key is \(token.kid), and its scopes are: \(token.scopes.claim).

            """
        case .bad(let error): "Invalid. \(error.explanation)\n"
        }
    }
}
