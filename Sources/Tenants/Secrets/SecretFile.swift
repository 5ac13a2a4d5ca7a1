import Files
internal import Foundation
internal import Secrets

/// A file that contains one secret, such as an API key.
enum SecretFile {
    private static let sizeLimit = 64 * 1024

    /// Reads a secret. Refuses a file that is not regular (after links), that others can write, or that everyone can
    /// read, unless it is under /run, where containers store secrets.
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
