import Foundation
import Fuzzing
import Identity
import Logging
import NIOPosix
import Offline
import ProviderKit
import SQLiteStore
import Secrets
import Tenants
import Time
import TodoStore
import Tokens

/// A generator of tenants and users with tasks, which uses the store itself and is the same for the same numbers, and
/// of tokens for them.
///
///     Population FOLDER TENANTS USERS     keeps what exists; prints a line `user token` for each user
@main
struct Population {
    let folder: String
    let tenants: [TenantID]
    let users: Int

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let tenants = Int(arguments[2]), let users = Int(arguments[3]), tenants > 0 else {
            throw Failure.usage
        }
        let population = Population(
            folder: arguments[1], tenants: (1...tenants).compactMap { TenantID("tenant-\($0)") }, users: users)
        if !FileManager.default.fileExists(atPath: population.mark) { try await population.make() }
        try population.printTokens()
    }

    private var tenantsFolder: String { folder + "/tenants" }
    /// The file written at the end; without it the population is incomplete.
    private var mark: String { folder + "/complete-\(tenants.count)-\(users)" }

    private func tenant(of user: Int) -> TenantID { tenants[user % tenants.count] }

    private func account(_ user: Int) throws -> Account {
        guard let id = UserID("user-\(user)") else { throw Failure.usage }
        return Account(tenant: tenant(of: user), user: id)
    }

    private func make() async throws {
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
        for tenant in tenants {
            let path = "\(tenantsFolder)/\(tenant)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let limits = "{requests_per_minute: 10000000, tasks: 10000000, database: 64GB}"
            let file = "provider: offline\nlimits: \(limits)\n"
            try Data(file.utf8).write(to: URL(filePath: path + "/tenant.yaml"))
            _ = try TenantAdministration(root: tenantsFolder).createKey(tenant, algorithm: .hs256, now: .now)
        }
        let threadPool = NIOThreadPool(numberOfThreads: 8)
        threadPool.start()
        let store = UserDatabases(
            configuration: StoreConfiguration(folder: folder + "/data"), threadPool: threadPool,
            logger: Logger(label: "population"))
        // Enough at once to keep the disk busy.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for user in 0..<users {
                if user >= 32 { try await group.next() }
                group.addTask { try await fill(user, in: store) }
            }
            try await group.waitForAll()
        }
        await store.close()
        try await threadPool.shutdownGracefully()
        try Data().write(to: URL(filePath: mark))
    }

    private func fill(_ user: Int, in store: UserDatabases) async throws {
        try await store.write(try account(user)) { transaction in
            var numbers = SplitMix64(seed: UInt64(user))
            for task in 1...Int.random(in: 5...35, using: &numbers) {
                let priority = Priority.allCases.randomElement(using: &numbers) ?? .medium
                let draft = try TodoDraft(
                    title: "Task \(task) of user \(user)", description: "What there is to say of it, \(numbers.next())",
                    priority: priority)
                _ = try transaction.addTodo(draft, origin: .user)
            }
        }
    }

    private func printTokens() throws {
        let snapshot = TenantDirectory(
            root: tenantsFolder, registry: ProviderRegistry([OfflineProvider.self]),
            secrets: SecretSources(environment: [:]),
            now: .now
        ).snapshot
        var lines = ""
        for user in 0..<users {
            let account = try account(user)
            guard let key = snapshot.records[account.tenant]?.signer(at: .now) else { throw Failure.noKey }
            let issued = try TokenIssuer.issue(
                user: account.user, key: key, lifetime: .seconds(8 * 3600), keys: snapshot, now: .now)
            lines += "\(account.user.rawValue) \(issued.token.revealed())\n"
        }
        print(lines, terminator: "")
    }

    private enum Failure: Error {
        case usage, noKey
    }
}
