import Assistant
import HTTPTypes
import Hummingbird
import Identity
import JSON
import NIOCore
import Tenants
import TodoStore
import Tokens

/// All tasks out of a list, and many into it.
struct TransferRoutes: Sendable {
    let databases: UserDatabases
    let now: @Sendable () -> Timestamp

    var routes: [Route] {
        [
            Route(.get, "/tasks/export", .tasksRead, .exportTasks, export),
            Route(.post, "/tasks/import", .tasksWrite, .importTasks, `import`),
        ]
    }

    /// Bytes that the body of an import may have.
    static let maximumImport = 1 << 20

    private func export(_ request: Request, _ context: UserContext) async throws -> Response {
        var query = try QueryReader(request.uri.query)
        let format = query.choice("format", ExportFormat.self) ?? .json
        try query.finish()
        // A database that cannot be read is told in the status: the head goes out with the first page only.
        let first = try await page(nil, context)
        let owner = "\(PercentEncoding.segment(context.account.user.rawValue)).\(context.account.tenant)"
        let zone = CalendarZone(timeZone: context.tenant.assistant.timeZone)
        return Response(
            status: .ok,
            headers: [
                .contentType: format.contentType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"tasks.\(format.rawValue)\"",
            ],
            body: ResponseBody { writer in
                var page = first
                var isFirst = true
                try await writer.write(ByteBuffer(string: format.head(zone, now: now())))
                while true {
                    var buffer = ByteBuffer()
                    for todo in page.items {
                        format.write(todo, isFirst: isFirst, owner: owner, zone: zone, to: &buffer)
                        isFirst = false
                    }
                    if buffer.readableBytes > 0 { try await writer.write(buffer) }
                    guard let cursor = page.nextCursor.flatMap({ PageCursor($0) }) else { break }
                    page = try await self.page(cursor, context)
                }
                try await writer.write(ByteBuffer(string: format.tail))
                try await writer.finish(nil)
            })
    }

    private func page(_ cursor: PageCursor?, _ context: UserContext) async throws -> Page<Todo> {
        try await databases.read(context.account, orEmpty: Page(items: [], nextCursor: nil)) {
            try $0.todos(TodoQuery(limit: 100, cursor: cursor))
        }
    }

    private func `import`(_ request: Request, _ context: UserContext) async throws -> Response {
        let type = request.headers[.contentType].flatMap { MediaRange($0) }?.type
        let isCSV = type == "text/csv"
        guard isCSV || type == "application/json" else {
            throw Problem(.unsupportedMediaType, "Send the body as application/json or text/csv.")
        }
        let body = try await request.collectedBody(upTo: Self.maximumImport)
        let claim = try request.idempotencyClaim(body: body)
        let report = try isCSV ? report(csv: body) : report(json: body)
        // Nothing to store makes no database.
        if report.rows.isEmpty, claim == nil { return Answer.json(report.json) }
        return try await databases.write(context.account, limits: context.tenant.storeLimits) { transaction in
            try transaction.once(claim, status: .ok) {
                for row in report.rows {
                    _ = try transaction.addTodo(
                        row.draft, completedAt: row.completedAt, origin: ChangeOrigin(actor: .import))
                }
                return report.json
            }
        }.response
    }

    private func report(json body: ByteBuffer) throws -> ImportReport {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(body, limits: JSONLimits(size: Self.maximumImport))
        } catch {
            throw Problem(.malformedJSON, "The body is not the JSON that is expected here: \(error).")
        }
        guard let array = value.array else {
            throw Problem(.malformedJSON, "The body must be a JSON array, not \(value.kind).")
        }
        return ImportReport(json: array, now: now())
    }

    private func report(csv body: ByteBuffer) throws -> ImportReport {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = body.readableBytesView
        return try ImportReport(csv: bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes, now: now())
    }
}
