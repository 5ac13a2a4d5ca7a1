import CSQLite
import TodoStore

/// The settings of SQLite for this process, made once before its first connection.
enum SQLiteRuntime {
    /// Whether SQLite was configured; false when it was already in use: then each connection takes 80 KB more.
    static let isConfigured: Bool =
        steward_sqlite_config_multithread() == SQLITE_OK && steward_sqlite_config_no_page_cache() == SQLITE_OK
        && steward_sqlite_config_no_memory_statistics() == SQLITE_OK
}
