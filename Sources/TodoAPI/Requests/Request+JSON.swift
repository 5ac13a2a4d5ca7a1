import Hummingbird
import JSON
import NIOCore

extension Request {
    /// The maximum length of a JSON body, in bytes.
    static let maximumJSONBody = 64 * 1024

    /// Returns the body as a JSON object.
    ///
    /// - Throws: `Problem`: 415, 413, 400.
    func jsonObject() async throws -> JSONObject {
        try await bodyAndObject().object
    }

    /// The media types of a JSON body.
    enum JSONKind {
        case plain
        /// A merge patch (RFC 7396).
        case mergePatch
    }

    /// Returns the body as received and as a JSON object; with `allowsEmpty` an absent body is `{}`.
    func bodyAndObject(
        allowsEmpty: Bool = false, as kind: JSONKind = .plain
    ) async throws -> (body: ByteBuffer, object: JSONObject) {
        let body = try await collectedBody(upTo: Self.maximumJSONBody)
        if allowsEmpty, body.readableBytes == 0 { return (body, [:]) }
        guard let mediaType = headers[.contentType].flatMap({ MediaRange($0) }), kind.allows(mediaType.type) else {
            throw Problem(.unsupportedMediaType, "Send the body as application/json.")
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(body)
        } catch {
            throw Problem(.malformedJSON, "The body is not valid JSON: \(error).")
        }
        guard case .object(let object) = value else {
            throw Problem(.malformedJSON, "The body must be a JSON object, not \(value.kind).")
        }
        return (body, object)
    }

    /// - Throws: `Problem`: 413.
    func collectedBody(upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem(.payloadTooLarge, "The body must have at most \(limit) bytes.")
        }
    }
}

extension Request.JSONKind {
    fileprivate func allows(_ type: String) -> Bool {
        type == "application/json" || self == .mergePatch && type == "application/merge-patch+json"
    }
}
