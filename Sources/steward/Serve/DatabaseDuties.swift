import Identity
import Logging
import PostgresStore
import ServiceLifecycle
import TodoStore

/// A service for this process's part among all that use the same databases: its leases, the turns of those that are gone,
/// and the daily housekeeping.
///
/// Ends after the turns, which are this process's only as long as its lease lasts.
struct DatabaseDuties: Service {
    let databases: [String: PostgresUsers]
    /// Returns the limits of a tenant whose data is in the database of that name; nil for any other.
    let limits: @Sendable (TenantID, String) -> StoreLimits?
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for (name, database) in databases {
                    group.addTask { await database.keepLease() }
                    group.addTask { await database.watchNodes() }
                    group.addTask { await keepHouse(name, database) }
                }
            }
        }
        // A service that returns early would end the server.
        try? await gracefulShutdown()
    }

    private func keepHouse(_ name: String, _ database: PostgresUsers) async {
        while (try? await Task.sleep(for: Self.pause)) != nil {
            do {
                let count = try await database.forgetOldOfAll { limits($0, name) }
                if let count {
                    logger.info("housekeeping of a database", metadata: ["store": "\(name)", "users": "\(count)"])
                }
            } catch let error as StoreError {
                logger.warning(
                    "housekeeping failed", metadata: ["store": "\(name)", "error": "\(error.explanation)"])
            } catch {}
        }
    }

    /// The time between two looks whether the daily work is due.
    private static let pause = Duration.seconds(60)
}
