import AsyncHTTPClient
import Foundation
import Identity
import JSON
import NIOCore
import NIOHTTP1
import SQLiteStore
import Text
import TodoAPI
import TodoStore

/// The data of users, accessed through the server that has it open.
struct RemoteUserData: UserData {
    let client: AdminClient

    func tenants() async throws -> [TenantID] {
        let items = try await client.send(.GET, "/tenants")["items"]?.array ?? []
        return items.compactMap { $0.string.flatMap { TenantID($0) } }
    }

    func users(of tenant: TenantID) async throws -> [UserEntry] {
        var users: [UserEntry] = []
        var after = ""
        while true {
            let page = try await client.send(.GET, "/tenants/\(tenant)/users?after=\(after)")
            users += (page["items"]?.array ?? []).compactMap { UserEntry($0) }
            guard let next = page["next"]?.string else { return users }
            after = next
        }
    }

    func summary(of account: Account) async throws -> UserSummary? {
        try await client.find(.GET, Self.path(account)).flatMap { UserSummary($0) }
    }

    func snapshot(of account: Account, to path: String) async throws -> Snapshot? {
        try await client.download(Self.path(account) + "/database", to: path).map { Snapshot(stamp: $0.entityTag) }
    }

    func delete(_ account: Account) async throws -> Bool {
        try await client.find(.DELETE, Self.path(account)) != nil
    }

    func purge(_ tenant: TenantID) async throws { _ = try await client.send(.DELETE, "/tenants/\(tenant)") }

    func restore(_ copy: DatabaseCopy) async throws {
        try await client.upload(copy.path, to: Self.path(copy.account) + "/database")
    }

    func importUser(_ account: Account, from path: String, _ options: UserImport) async throws {
        let query = "?replace=\(options.replaces)&adopt=\(options.adopts)"
        try await client.upload(path, to: Self.path(account) + "/import" + query, .POST)
    }

    func problems(of account: Account) async throws -> [String] {
        Self.problems(try await client.send(.POST, Self.path(account) + "/check"))
    }

    func problems(of tenant: TenantID) async throws -> [String] {
        Self.problems(try await client.send(.POST, "/tenants/\(tenant)/check"))
    }

    private static func problems(_ answer: JSONValue) -> [String] {
        (answer["problems"]?.array ?? []).compactMap(\.string)
    }

    private static func path(_ account: Account) -> String {
        "/tenants/\(account.tenant)/users/\(PercentEncoding.segment(account.user.rawValue))"
    }
}
