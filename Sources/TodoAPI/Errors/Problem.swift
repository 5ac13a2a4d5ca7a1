package import HTTPTypes
import Hummingbird
package import JSON
package import NIOCore
import Text
import Time

/// An error response (RFC 9457), in the only format that clients of this API get.
package struct Problem: Error, Sendable {
    package let code: ProblemCode
    /// A sentence for the client, without secrets and without texts of providers.
    package let detail: String
    package var errors: [FieldError] = []
    package var headers: HTTPFields = [:]
    /// Additional members, such as the reason of `provider_rejected`.
    package var extra: JSONObject = [:]

    package init(_ code: ProblemCode, _ detail: String, errors: [FieldError] = [], headers: HTTPFields = [:]) {
        self.code = code
        self.detail = detail.printable(limit: 1000)
        self.errors = errors
        self.headers = headers
    }

    /// Returns the problem with a `Retry-After`, rounded up to whole seconds.
    func retry(after delay: Duration?) -> Problem {
        guard let delay else { return self }
        var problem = self
        let seconds = max(1, delay.wholeSeconds)
        problem.headers[.retryAfter] = String(seconds)
        return problem
    }

    /// Returns the body: the members of RFC 9457 and additional ones.
    package func body(requestID: String) -> ByteBuffer {
        var members: JSONObject = [
            "type": "about:blank", "title": .string(code.status.reasonPhrase), "status": .integer(code.status.code),
            "detail": .string(detail), "code": .string(code.rawValue), "request_id": .string(requestID),
        ]
        for member in extra.members { members[member.name] = member.value }
        if !errors.isEmpty {
            members["errors"] = .array(
                errors.map {
                    ["field": .string($0.field.printable()), "message": .string($0.message.printable(limit: 1000))]
                })
        }
        return JSONValue.object(members).serialized
    }

    func response(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = Self.mediaType
        headers[.cacheControl] = "no-store"
        return Response(
            status: code.status, headers: headers, body: ResponseBody(byteBuffer: body(requestID: requestID)))
    }

    package static let mediaType = "application/problem+json"
}
