import Files
internal import Foundation
internal import Secrets

/// The file of the master keys: one key, or two during a rotation.
package struct MasterKeyFile: Sendable, Hashable {
    package let path: String

    package init(path: String) { self.path = path }

    /// Returns the keys; the first one seals. Refuses a file that others can write or everyone can read.
    package func keys() throws(SecretReferenceError) -> [MasterKey] { try contents().keys }

    /// Returns the keys and all lines of the file, including comments.
    func contents() throws(SecretReferenceError) -> (keys: [MasterKey], lines: [Substring]) {
        let secret: Secret
        do {
            secret = try SecretFile.read(path)
        } catch .file(let error) {
            throw .masterFile(path, error.description)
        } catch .writableByOthers {
            throw .masterFile(path, "is writable by others; run chmod go-w")
        } catch .readableByOthers {
            throw .masterFile(path, "is readable by everyone; run chmod o-r")
        } catch {
            throw error
        }
        guard let keys = MasterKey.parse(secret) else {
            throw .masterFile(path, "contains an invalid line, two keys with the same id, or no key")
        }
        return (keys, secret.revealed().split(whereSeparator: \.isNewline))
    }

    /// The path after resolving links, so that replacing the file does not replace a link.
    var resolvedPath: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
