import Identity
import JSON
import Time
import Tokens

extension SigningKey {
    /// The properties of a key without its secret.
    var json: JSONObject {
        [
            "kid": .string(kid.rawValue), "tenant": .string(tenant.rawValue), "alg": .string(algorithm.rawValue),
            "state": .string(state.rawValue), "created_at": .string(createdAt.description),
            "not_after": notAfter.map { .string($0.description) } ?? .null, "origin": .string(origin.rawValue),
        ]
    }
}
