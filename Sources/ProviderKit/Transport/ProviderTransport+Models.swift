import Foundation
import JSON
import Text

extension ProviderTransport {
    /// Requests a list of models in OpenAI's format: `{"data": [{"id": …}]}`.
    package func models(from request: ProviderHTTPRequest) async throws -> [ProviderModel] {
        do {
            return try await send(request) { response in
                let limit = (200..<300).contains(response.status) ? Self.listLimit : 64 * 1024
                let body = try await response.collect(upTo: limit)
                guard (200..<300).contains(response.status) else {
                    throw ProviderError(status: response.status, headers: response.headers, body: body, now: Date())
                }
                let json = try? JSONParser.parse(body, limits: .answer(size: Self.listLimit, values: 100_000))
                guard let list = json?["data"]?.array else {
                    throw ProviderError(.misbehaved, "the answer is not a list of models")
                }
                let mask = SecretMask(request.credential?.secret)
                return list.compactMap { mask.masked($0).object.flatMap { ProviderModel($0) } }
            }
        } catch let error as ProviderError {
            throw error.withoutSecret(request.credential?.secret)
        }
    }

    private static let listLimit = 16 << 20
}

extension ProviderModel {
    init?(_ entry: JSONObject) {
        // Names that cannot be printed are skipped, because they cannot be requested.
        guard let name = entry["id"]?.string, !name.isEmpty, name.printable(limit: 1000).equalsBytes(of: name) else {
            return nil
        }
        // What the server has reserved, rather than what the model was trained for.
        let context = [
            entry["meta"]?["n_ctx"], entry["context_length"], entry["context_window"], entry["max_model_len"],
            entry["max_context_length"], entry["max_input_tokens"], entry["meta"]?["n_ctx_train"],
        ]
        self.init(
            // Google's names have a prefix that requests do not need.
            id: (name.startsWithBytes(of: "models/") ? String(name.dropFirst(7)) : name).prefix(bytes: 200),
            contextLength: context.lazy.compactMap { $0?.tokenCount }.first { $0 > 0 },
            inputPrice: Self.price(entry["pricing"]?["prompt"]),
            outputPrice: Self.price(entry["pricing"]?["completion"]))
    }

    /// Parses a price of OpenRouter: dollars per token, as text.
    private static func price(_ value: JSONValue?) -> Double? {
        guard let price = value?.number ?? value?.string.flatMap({ Double($0) }), price.isFinite, price >= 0 else {
            return nil
        }
        return price * 1_000_000
    }
}
