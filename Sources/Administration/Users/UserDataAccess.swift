import EventLoops
import Files
import Foundation
package import Identity
import Logging
import NIOCore
import NIOPosix
package import PostgresStore
import SQLiteStore
import TodoStore

/// Access to the data of users for commands, whether or not a server runs on the data folder.
package struct UserDataAccess: Sendable {
    let dataFolder: String
    private let databases: [String: PostgresStoreConfiguration]
    private let place: @Sendable (TenantID) -> UserStores.Place

    /// - Parameters:
    ///   - databases: The databases that tenants may have their data in.
    ///   - place: Returns the place of a tenant's data.
    package init(
        dataFolder: String, databases: [String: PostgresStoreConfiguration] = [:],
        place: @escaping @Sendable (TenantID) -> UserStores.Place = { _ in .folder }
    ) {
        self.dataFolder = dataFolder
        self.databases = databases.mapValues { configuration in
            // A command does one thing at a time.
            var configuration = configuration
            configuration.connections = 2
            return configuration
        }
        self.place = place
    }

    /// Runs `body` with access to the data of users: through the server that has it open, or directly with the data
    /// folder locked, so that no server can start.
    package func withUserData<Result>(_ body: (any UserData) async throws -> Result) async throws -> Result {
        guard FileManager.default.fileExists(atPath: dataFolder) else {
            throw CommandError(
                "there is no data folder \(dataFolder)", advice: "Choose the folder of the users' data with --data.")
        }
        let ownership = DataOwnership(folder: dataFolder)
        do {
            try checkOwner()
            try ownership.take()
        } catch DataLockError.held {
            let client = AdminClient(socket: AdminClient.socket(in: dataFolder))
            // Another command may hold the folder, which shows within seconds.
            _ = try await client.status()
            return try await body(RemoteUserData(client: client))
        } catch let error as DataLockError {
            throw CommandError(error.description, advice: "Run this as the user that the server runs as.")
        }
        defer { ownership.release() }
        return try await withDatabases(body)
    }

    private func withDatabases<Result>(_ body: (any UserData) async throws -> Result) async throws -> Result {
        let threadPool = NIOThreadPool(numberOfThreads: 2)
        threadPool.start()
        // The command itself reports the errors.
        let logger = Logger(label: "steward") { _ in SwiftLogNoOpLogHandler() }
        let open = OpenDatabaseStores(databases, timer: MonotonicClock(ContinuousClock()), logger: logger)
        let stores = UserStores(
            folder: UserDatabases(
                configuration: StoreConfiguration(folder: dataFolder, capacity: 16), threadPool: threadPool,
                logger: logger), databases: open.stores, place: place)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(stores))
        } catch {
            result = .failure(error)
        }
        await stores.close()
        await open.shutDown()
        try await threadPool.shutdownGracefully()
        return try result.get()
    }

    /// Refuses to run as root on the data of another user: the server could not read files that root wrote.
    private func checkOwner() throws {
        let owner = try? FileManager.default.attributesOfItem(atPath: dataFolder)[.ownerAccountID] as? NSNumber
        guard let owner, geteuid() == 0, owner.uint32Value != 0 else { return }
        let lock = try? DataLock(folder: dataFolder)
        guard lock != nil else { return }
        throw CommandError(
            "no server is running, and the data belongs to a user other than root",
            advice: "Start the server, or run this as the data's owner: sudo -u '#\(owner)' steward …")
    }
}
