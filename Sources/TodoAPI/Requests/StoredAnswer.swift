import Assistant
import HTTPTypes
import Hummingbird
import JSON
import TodoStore

/// An answer that a repetition of its request gets again.
struct StoredAnswer: Sendable {
    let status: HTTPResponse.Status
    let body: JSONValue
    let isReplayed: Bool

    var response: Response {
        var response = Answer.json(body, status: status)
        if isReplayed { response.headers[.idempotentReplayed] = "true" }
        return response
    }
}

extension UserTransaction {
    /// Does `work` once for each Idempotency-Key: its answer is stored in the same transaction as its change.
    /// - Throws: `TurnError.idempotencyMismatch`, `Problem` for an answer that was not kept, or what `work` throws; then the key is free again.
    func once(
        _ claim: IdempotencyClaim?, status: HTTPResponse.Status, _ work: () throws -> JSONValue
    ) throws -> StoredAnswer {
        guard let claim else { return StoredAnswer(status: status, body: try work(), isReplayed: false) }
        if let record = try idempotency(claim.key) {
            guard record.requestHash == claim.requestHash else { throw TurnError.idempotencyMismatch }
            guard record.state == .done else { throw TurnError.idempotencyConflict }
            guard let text = record.body else {
                throw Problem(.conflict, "This was done, and its answer was too large to be kept for a repetition.")
            }
            return StoredAnswer(
                status: HTTPResponse.Status(code: record.status ?? status.code), body: try StoredJSON.parse(text),
                isReplayed: true)
        }
        try claimIdempotency(claim.key, requestHash: claim.requestHash)
        let body = try work()
        try finishIdempotency(claim.key, status: status.code, body: body.text)
        return StoredAnswer(status: status, body: body, isReplayed: false)
    }
}
