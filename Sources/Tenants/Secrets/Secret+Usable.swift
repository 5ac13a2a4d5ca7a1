internal import Foundation
internal import Secrets

extension Secret {
    /// Returns the secret without surrounding white space. Throws when it cannot be used in a header field.
    func usable() throws(SecretReferenceError) -> Secret {
        let trimmed = revealed().trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .empty }
        // A line break would end the header field and begin another one.
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unusableCharacters }
        return Secret(utf8: trimmed)
    }
}
