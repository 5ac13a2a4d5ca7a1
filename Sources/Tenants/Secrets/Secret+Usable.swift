internal import Foundation
internal import Secrets

extension Secret {
    /// The secret without white space around it; its characters are those that a header can carry.
    func usable() throws(SecretReferenceError) -> Secret {
        let trimmed = revealed().trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .empty }
        // A line break in a header would be a second header.
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unusableCharacters }
        return Secret(utf8: trimmed)
    }
}
