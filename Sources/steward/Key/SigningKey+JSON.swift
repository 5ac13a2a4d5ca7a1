import Identity
import JSON
import Tokens

extension SigningKey {
    /// What may be shown of a key: everything but its secret.
    var json: JSONObject {
        [
            "kid": .string(kid.rawValue), "tenant": .string(tenant.rawValue), "alg": .string(algorithm.rawValue),
            "state": .string(state.rawValue), "created_at": .string(createdAt.description),
            "not_after": notAfter.map { .string($0.description) } ?? .null, "origin": .string(origin.rawValue),
        ]
    }
}
