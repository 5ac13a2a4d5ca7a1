internal import Foundation
internal import Secrets

/// The file that holds the master keys: one, or two while sealed secrets go from one to the other.
package struct MasterKeyFile: Sendable, Hashable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The first one seals. Refuses a file that others can write, or that everyone can read.
    package func keys() throws(SecretReferenceError) -> [MasterKey] { try contents().keys }

    /// The keys, and the lines that they stand in among comments.
    func contents() throws(SecretReferenceError) -> (keys: [MasterKey], lines: [Substring]) {
        let secret: Secret
        do {
            secret = try SecretFile.read(path)
        } catch .file(let error) {
            throw .masterFile(path, error.description)
        } catch .writableByOthers {
            throw .masterFile(path, "is writable by others; chmod go-w it")
        } catch .readableByOthers {
            throw .masterFile(path, "is readable by everyone; chmod o-r it")
        } catch {
            throw error
        }
        guard let keys = MasterKey.parse(secret) else {
            throw .masterFile(path, "has a line that is no key, or two keys with one id, or no key at all")
        }
        return (keys, secret.revealed().split(whereSeparator: \.isNewline))
    }

    /// The file itself, where `path` is a link: what replaces it must not replace the link.
    var resolvedPath: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
