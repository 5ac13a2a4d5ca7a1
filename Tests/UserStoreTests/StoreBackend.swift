/// A backend of the store.
enum StoreBackend: CaseIterable, Sendable {
    case sqlite, postgresql
}
