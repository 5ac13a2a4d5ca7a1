internal import Foundation
internal import Secrets

/// A file that holds one secret, such as an API key.
enum SecretFile {
    private static let sizeLimit = 64 * 1024

    /// Refuses what is no regular file (after links), what others can write, and what everyone can read unless it lies
    /// under /run, where containers put their secrets.
    static func read(_ path: String) throws(SecretReferenceError) -> Secret {
        let file: FileContents
        do {
            file = try FileContents(path, limit: sizeLimit)
        } catch {
            throw .file(error)
        }
        guard file.mode & 0o022 == 0 else { throw .writableByOthers }
        if file.mode & 0o004 != 0, !isUnderRun(path) { throw .readableByOthers }
        return Secret(file.bytes)
    }

    private static func isUnderRun(_ path: String) -> Bool {
        guard let resolved = realpath(path, nil) else { return false }
        defer { free(resolved) }
        return String(cString: resolved).hasPrefix("/run/")
    }
}
