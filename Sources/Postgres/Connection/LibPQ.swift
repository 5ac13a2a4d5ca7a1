import CPostgres
import Glibc

/// The functions of libpq, which is loaded into the process when the first connection is made.
typealias LibPQ = UnsafePointer<steward_libpq>

enum LibPQLoader {
    // The table is written once, by the initializer, and only read afterwards. It lives as long as the process.
    private nonisolated(unsafe) static let loaded: Result<LibPQ, PostgresError> = load()

    /// Returns the functions, or throws when libpq is not installed.
    static func functions() throws(PostgresError) -> LibPQ { try loaded.get() }

    private static func load() -> Result<LibPQ, PostgresError> {
        guard let library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) else {
            return .failure(.libraryMissing(dlerror().map { String(cString: $0) } ?? "libpq.so.5"))
        }
        let functions = UnsafeMutablePointer<steward_libpq>.allocate(capacity: 1)
        if let name = steward_libpq_load(library, functions) {
            return .failure(.libraryMissing("libpq.so.5 is too old: it has no \(String(cString: name))"))
        }
        return .success(LibPQ(functions))
    }
}
