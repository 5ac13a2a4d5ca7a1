package import HTTPTypes
package import Hummingbird
package import JSON
package import NIOCore
import TodoStore

/// Builders of JSON responses.
package enum APIResponse {
    package static func json(
        _ body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    package static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        json(value.serialized, status: status)
    }

    /// Returns a task with its version as a strong entity tag (RFC 9110, section 8.8.3).
    static func task(_ todo: Todo, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var writer = JSONWriter()
        todo.write(to: &writer)
        var headers = headers
        headers[.eTag] = EntityTag(version: todo.version).text
        return json(writer.buffer, status: status, headers: headers)
    }

    package static let noContent = Response(status: .noContent)

}

extension Page {
    /// Returns the page as JSON, with each item converted by `convert`. It can have a megabyte, so it must be created
    /// on the thread that read the page and not on an event loop.
    func serialized(_ convert: (Item) -> JSONValue) -> ByteBuffer {
        let value: JSONValue = [
            "items": .array(items.map(convert)), "next_cursor": nextCursor.map { .string($0) } ?? .null,
        ]
        return value.serialized
    }
}

extension APIResponse {
    static let emptyPage = ByteBuffer(string: #"{"items":[],"next_cursor":null}"#)
}
