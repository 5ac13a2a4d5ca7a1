import Assistant
import EventLoops
import HTTPTypes
import Hummingbird
import Identity
import JSON
import NIOCore
import ProviderKit
import Tenants
import Text
import Time
import TodoStore
import Tokens

/// The routes for export and import.
struct TransferRoutes: Sendable {
    let databases: any UserStore
    let now: @Sendable () -> Timestamp

    var routes: [Route] {
        [
            Route(.get, "/tasks/export", .tasksRead, .exportTasks, weight: .export, export),
            Route(.post, "/tasks/import", .tasksWrite, .importTasks, weight: .import, `import`),
        ]
    }

    /// The maximum length of an import, in bytes.
    static let maximumImport = 1 << 20

    private func export(_ request: Request, _ context: UserContext) async throws -> Response {
        var query = try QueryReader(request.uri.query)
        let format = query.choice("format", ExportFormat.self) ?? .json
        try query.finish()
        let owner = "\(PercentEncoding.segment(context.account.user.rawValue)).\(context.account.tenant)"
        let text = ExportText(
            format: format, owner: owner, zone: CalendarZone(timeZone: context.tenant.assistant.timeZone), now: now())
        // The head is sent after the first page was read, so that a failure to read the database gets its HTTP status.
        let first = try await page(nil, of: text, context)
        return Response(
            status: .ok,
            headers: [
                .contentType: format.contentType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"tasks.\(format.rawValue)\"",
            ],
            body: ResponseBody { writer in
                var page = first
                try await writer.write(page.bytes)
                while let cursor = page.next {
                    page = try await self.page(cursor, of: text, context)
                    try await writer.write(page.bytes)
                }
                try await writer.finish(nil)
            })
    }

    /// Returns the next part of an export, read and serialized on a thread of the store, at the client's pace.
    private func page(_ cursor: PageCursor?, of text: ExportText, _ context: UserContext) async throws -> ExportPage {
        let page = try await databases.read(context.account, orEmpty: ExportPage?.none) { reader in
            text.page(try reader.todos(TodoQuery(limit: ExportText.rows, cursor: cursor)), isFirst: cursor == nil)
        }
        return page ?? text.page(Page(items: [], nextCursor: nil), isFirst: cursor == nil)
    }

    private func `import`(_ request: Request, _ context: UserContext) async throws -> Response {
        let type = request.headers[.contentType].flatMap { MediaRange($0) }?.type
        let isCSV = type == "text/csv"
        guard isCSV || type == "application/json" else {
            throw Problem(.unsupportedMediaType, "Send the body as application/json or text/csv.")
        }
        let body = try await request.collectedBody(upTo: Self.maximumImport)
        let claim = try request.idempotencyClaim(body: body)
        let maximumRows = context.tenant.storeLimits.tasks
        let report = try await OffLoop.run { [now] in
            var report = ImportReport(now: now(), maximumRows: maximumRows)
            if isCSV {
                try await report.read(csv: body.readableBytesView)
            } else {
                try await report.read(try Self.array(body))
            }
            return report
        }
        // Without anything to store, no database is created.
        if report.rows.isEmpty, claim == nil { return APIResponse.json(report.json) }
        return try await databases.write(context.account, limits: context.tenant.storeLimits) { transaction in
            try transaction.once(claim, status: .ok) {
                for row in report.rows {
                    _ = try transaction.addTodo(
                        row.draft, completedAt: row.completedAt, origin: Change.Origin(actor: .import))
                }
                return report.json
            }
        }.response
    }

    private static func array(_ body: ByteBuffer) throws -> [JSONValue] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(body, limits: JSONLimits(size: maximumImport))
        } catch {
            throw Problem(.malformedJSON, "The body is not valid JSON: \(error).")
        }
        guard let array = value.array else {
            throw Problem(.malformedJSON, "The body must be a JSON array, not \(value.kind).")
        }
        return array
    }
}
