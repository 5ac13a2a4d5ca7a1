import Assistant
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import TodoStore

/// An answer that is stored for repetitions of its request.
struct StoredAnswer: Sendable {
    let status: HTTPResponse.Status
    let body: JSONValue
    let isReplayed: Bool
    /// The body as text, serialized where the answer is created: in a transaction, on a thread of the store. An undo of
    /// a thousand changes is half a megabyte, too much for an event loop.
    private let text: ByteBuffer

    init(status: HTTPResponse.Status, body: JSONValue, isReplayed: Bool) {
        self.status = status
        self.body = body
        self.isReplayed = isReplayed
        text = body.serialized
    }

    /// The body as stored.
    var stored: String { String(buffer: text) }

    var response: Response {
        var response = APIResponse.json(text, status: status)
        if isReplayed { response.headers[.idempotentReplayed] = "true" }
        return response
    }
}

extension UserTransaction {
    /// Runs `work` once per Idempotency-Key: its answer is stored in the same transaction as its change.
    ///
    /// - Throws: `TurnError.idempotencyMismatch`, `Problem` for an answer that was not stored, or the error of `work`,
    ///   after which the key can be used again.
    func once(
        _ claim: IdempotencyClaim?, status: HTTPResponse.Status, _ work: () throws -> JSONValue
    ) throws -> StoredAnswer {
        guard let claim else { return StoredAnswer(status: status, body: try work(), isReplayed: false) }
        if let record = try idempotency(claim.key) {
            guard record.requestHash == claim.requestHash else { throw TurnError.idempotencyMismatch }
            guard record.state == .done else { throw TurnError.idempotencyConflict }
            guard let text = record.body else {
                throw Problem(
                    .conflict, "The request has completed, but its answer was too large to be stored for repetitions.")
            }
            return StoredAnswer(
                status: HTTPResponse.Status(code: record.status ?? status.code), body: try StoredJSON.parse(text),
                isReplayed: true)
        }
        try claimIdempotency(claim.key, requestHash: claim.requestHash)
        let answer = StoredAnswer(status: status, body: try work(), isReplayed: false)
        try finishIdempotency(claim.key, status: status.code, body: answer.stored)
        return answer
    }
}
