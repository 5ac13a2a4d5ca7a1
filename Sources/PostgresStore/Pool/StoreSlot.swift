import Postgres

/// A place for one connection, which is made when it is first used and again after it was lost.
///
/// `@unchecked Sendable`: the pool lends it to one piece of work at a time, and has it back before it lends it again.
final class StoreSlot: @unchecked Sendable {
    private let configuration: PostgresConfiguration
    private var current: PostgresConnection?
    /// Set by work that the database has not answered in time.
    var isUnreachable = false

    init(_ configuration: PostgresConfiguration) { self.configuration = configuration }

    /// A connection that can be used, and whether it was made just now. Blocks.
    func connection() throws -> (PostgresConnection, isNew: Bool) {
        if let current, current.isUsable { return (current, false) }
        current = nil
        let connection = try PostgresConnection(configuration, deadline: .now + Self.connectTime)
        do {
            try connection.send(.schemaVersion)
            let version = try connection.finish(by: .now + Self.connectTime).last?.first?.int(0)
            try PostgresSchema.check(version)
        } catch {
            connection.close()
            throw error
        }
        current = connection
        return (connection, true)
    }

    func close() {
        current?.close()
        current = nil
    }

    private static let connectTime = Duration.seconds(5)
}
