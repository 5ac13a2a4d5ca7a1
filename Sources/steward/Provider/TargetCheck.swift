import JSON
import ProviderKit
import Tenants
import Time

/// The result of asking a target as a chat would. Unknown values are nil.
struct TargetCheck: Sendable {
    let target: ProviderTarget
    let model: String
    var isReachable: Bool?
    var isKeyGood: Bool?
    var isModelKnown: Bool?
    var usesTools: Bool?
    var firstToken: Duration?
    /// The tokens of the prompt with the tools, as counted by the server.
    var promptTokens: Int?
    /// The tokens of the model's context, as reported by the server.
    var context: Int?
    /// The reasons why chats fail, with solutions.
    var problems: [String] = []
    /// The reasons why some chats may fail.
    var warnings: [String] = []

    init(_ target: ProviderTarget, model: String) {
        self.target = target
        self.model = model
    }

    /// The problems in one text; nil without any.
    var problem: String? { problems.isEmpty ? nil : problems.joined(separator: "; ") }

    mutating func fail(_ text: String) { problems.append("\(target.providerID): \(text)") }

    mutating func warn(_ text: String) { warnings.append("\(target.providerID): \(text)") }

    var json: JSONValue {
        func answer(_ value: Bool?) -> JSONValue { value.map { .bool($0) } ?? .null }
        func number(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
        return [
            "provider": .string(target.providerID), "model": .string(model), "reachable": answer(isReachable),
            "key": answer(isKeyGood), "model_known": answer(isModelKnown), "tools": answer(usesTools),
            "first_token_ms": number(firstToken?.wholeMilliseconds),
            "first_byte_ms": number(target.settings.timeouts.firstByte.wholeMilliseconds),
            "prompt_tokens": number(promptTokens), "context_tokens": number(context),
            "problem": problem.map { .string($0) } ?? .null, "warnings": .array(warnings.map { .string($0) }),
        ]
    }
}

extension Duration {
    var wholeMilliseconds: Int { Int(self / .milliseconds(1)) }
}
