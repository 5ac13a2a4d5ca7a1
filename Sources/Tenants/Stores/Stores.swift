/// The stores that tenants may choose from, as `stores.yaml` names them.
package struct Stores: Sendable {
    /// A store by its engine.
    package enum Definition: Sendable {
        /// One file for each user, in the data folder.
        case sqlite
        case postgresql(PostgresDefinition)
    }

    package let definitions: [String: Definition]
    /// The store of tenants that choose none; nil for the data folder.
    let defaultName: String?

    /// No `stores.yaml`: all data is in the data folder.
    package static let dataFolderOnly = Stores(definitions: [:], defaultName: nil)

    init(definitions: [String: Definition], defaultName: String?) {
        self.definitions = definitions
        self.defaultName = defaultName
    }

    /// The databases, sorted by name.
    package var databases: [(name: String, definition: PostgresDefinition)] {
        definitions.sorted { $0.key < $1.key }.compactMap { name, definition in
            if case .postgresql(let database) = definition { (name, database) } else { nil }
        }
    }

    /// Returns the place of the data of a tenant that chooses `name`, or none; nil if there is no such store.
    func place(_ name: String?) -> StorePlace? {
        guard let name = name ?? defaultName else { return .dataFolder }
        switch definitions[name] {
        case .sqlite: return .dataFolder
        case .postgresql: return .database(name)
        case nil: return nil
        }
    }
}
