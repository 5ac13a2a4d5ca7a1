import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import TodoStore

/// Answers with a JSON body.
enum Answer {
    static func json(
        _ body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        json(value.serialized, status: status)
    }

    /// A task with its version as a strong entity tag (RFC 9110, section 8.8.3).
    static func task(_ todo: Todo, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var writer = JSONWriter()
        todo.write(to: &writer)
        var headers = headers
        headers[.eTag] = EntityTag(version: todo.version).text
        return json(writer.buffer, status: status, headers: headers)
    }

    static let noContent = Response(status: .noContent)

    /// A page of a list, each item as `convert` has it.
    static func page<Item>(_ page: Page<Item>, _ convert: (Item) -> JSONValue) -> Response {
        json([
            "items": .array(page.items.map(convert)),
            "next_cursor": page.nextCursor.map { .string($0) } ?? .null,
        ])
    }
}
