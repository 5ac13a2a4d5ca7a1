import Administration
import Foundation
import PostgresStore
import Tenants

/// The file of the stores.
struct StoresFile: Sendable {
    let path: String
    /// Whether it was named, so that it must be there.
    let isGiven: Bool
}

extension Workspace {
    /// Reads the stores; without a file all data is in the data folder.
    func stores() throws(CommandError) -> Stores {
        guard storesFile.isGiven || FileManager.default.fileExists(atPath: storesFile.path) else {
            return .dataFolderOnly
        }
        let (stores, problems) = Stores.read(storesFile.path)
        guard let stores else {
            throw CommandError(
                problems.map(\.description).joined(separator: "\n       "),
                advice: "Correct the file of the stores, or choose another one with --stores.")
        }
        return stores
    }

    /// Returns the settings of the databases, with their passwords.
    func databases(of stores: Stores) throws(CommandError) -> [String: PostgresStoreConfiguration] {
        let secrets = secrets
        var configurations: [String: PostgresStoreConfiguration] = [:]
        for (name, definition) in stores.databases {
            do {
                configurations[name] = PostgresStoreConfiguration(
                    database: try definition.configuration(secrets: secrets), connections: definition.connections,
                    nodeName: Self.nodeName, nodeVersion: Version.current, lease: definition.lease)
            } catch {
                throw CommandError("\(storesFile.path): stores.\(name).password: \(error)")
            }
        }
        return configurations
    }

    /// The host and the process, as operators see them.
    private static var nodeName: String { "\(ProcessInfo.processInfo.hostName):\(getpid())" }
}
