import Foundation
import HTTPTypes
import Hummingbird
import Identity
import JSON
import NIOCore
import SQLiteStore
import Text
import TodoAPI
import TodoStore

/// The routes for the data of users, below `/tenants`.
struct UserDataRoutes: Sendable {
    let stores: UserStores
    /// Returns the limits of a tenant's users; nil for a tenant that is disabled or misconfigured.
    let limits: @Sendable (TenantID) -> StoreLimits?

    func add(to router: Router<BasicRequestContext>) {
        let tenants = router.group("tenants")
        tenants.get("", use: list)
        tenants.delete(":tenant", use: purge)
        tenants.post(":tenant/check", use: checkTenant)
        let users = tenants.group(":tenant/users")
        users.get("", use: listUsers)
        users.get(":user", use: show)
        users.delete(":user", use: delete)
        users.post(":user/check", use: checkUser)
        users.get(":user/database", use: download)
        users.put(":user/database", use: upload)
        users.post(":user/import", use: importUser)
    }

    private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        APIResponse.json(["items": .array(try await stores.tenants().map { .string($0.rawValue) })])
    }

    private func listUsers(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let after = request.uri.queryParameters.get("after") ?? ""
        let entries = try await stores.users(of: tenant(context), after: after, limit: Self.pageSize)
        return APIResponse.json([
            "items": .array(entries.map(\.json)),
            "next": entries.count == Self.pageSize ? entries.last.map { .string($0.hash) } ?? .null : .null,
        ])
    }

    private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard let summary = try await stores.summary(of: account(context)) else { throw AdminError.noUser }
        return APIResponse.json(summary.json)
    }

    private func delete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard try await stores.delete(account(context)) else { throw AdminError.noUser }
        return APIResponse.noContent
    }

    private func purge(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        try await stores.purge(tenant(context))
        return APIResponse.noContent
    }

    private func checkTenant(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        Self.problems(try await stores.problems(of: tenant(context)))
    }

    private func checkUser(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        Self.problems(try await stores.problems(of: account(context)))
    }

    /// Returns the current database of a user, with its stamp as the entity tag.
    private func download(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let account = try account(context)
        // An open file stays readable after its name was removed.
        let folder = try await stores.folder(of: account.tenant)
        let (file, stamp) = try await folder.withScratchFile { path in
            guard let snapshot = try await folder.snapshot(of: account, to: path) else { throw AdminError.noUser }
            return (try await TransferFile.reading(path), snapshot.stamp)
        }
        var headers: HTTPFields = [.contentType: "application/vnd.sqlite3"]
        if let stamp { headers[.eTag] = "\"\(stamp)\"" }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: file.size) { writer in
                while let chunk = try await file.next() { try await writer.write(chunk) }
                try await writer.finish(nil)
            })
    }

    /// Replaces all data of a user.
    private func upload(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let account = try account(context)
        let folder = try await stores.folder(of: account.tenant)
        try await withUpload(request, to: folder) { try await folder.restore(account, from: $0) }
        return APIResponse.noContent
    }

    /// Imports the data of a user, checked like all data from outside.
    private func importUser(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let account = try account(context)
        guard let limits = limits(account.tenant) else { throw AdminError.noTenant }
        let query = request.uri.queryParameters
        let options = UserImport(
            limits: limits, replaces: query.get("replace") == "true", adopts: query.get("adopt") == "true")
        let folder = try await stores.folder(of: account.tenant)
        try await withUpload(request, to: folder, maximum: limits.bytes) {
            try await folder.importUser(account, fromScratch: $0, options)
        }
        return APIResponse.noContent
    }

    /// Runs `body` with the request's body as a file.
    private func withUpload(
        _ request: Request, to folder: UserDatabases, maximum: Int = RegularFile.largest,
        _ body: (String) async throws -> Void
    ) async throws {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximum {
            throw AdminError.tooLarge
        }
        try await folder.withScratchFile { path in
            let file = try await TransferFile.writing(path)
            for try await chunk in request.body {
                guard file.size + chunk.readableBytes <= maximum else { throw AdminError.tooLarge }
                try await file.append(chunk)
            }
            try await body(path)
        }
    }

    private static func problems(_ problems: [String]) -> Response {
        APIResponse.json(["problems": .array(problems.map { .string($0) })])
    }

    private func tenant(_ context: BasicRequestContext) throws(AdminError) -> TenantID {
        guard let tenant = context.parameters.get("tenant").flatMap({ TenantID($0) }) else { throw .badTenant }
        return tenant
    }

    private func account(_ context: BasicRequestContext) throws(AdminError) -> Account {
        let user = context.parameters.get("user").flatMap { PercentDecoding.segment($0) }.flatMap { UserID($0) }
        guard let user else { throw .badUser }
        return Account(tenant: try tenant(context), user: user)
    }

    private static let pageSize = 1000
}
