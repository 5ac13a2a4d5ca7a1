/// The place of a tenant's data.
package enum StorePlace: Sendable, Hashable {
    /// One file for each user, in the data folder.
    case dataFolder
    /// The database that `stores.yaml` names so.
    case database(String)
}
