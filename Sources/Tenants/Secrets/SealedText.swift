internal import Foundation
internal import Identity
internal import Secrets

/// The text of a tenant file, searched for sealed secrets anywhere: those in comments and in files with errors must
/// also be readable with the new master key.
struct SealedText {
    /// The reason why a secret cannot be sealed again.
    struct Problem: Error {
        let position: TextPosition
        let message: String
    }

    private(set) var text: String
    /// The number of secrets sealed again.
    private(set) var count = 0
    private(set) var problems: [Problem] = []

    init(_ text: String) { self.text = text }

    /// Seals with the first of `keys` all secrets that were sealed with another one. Changes only those references.
    ///
    /// - Parameter providers: The ids of the sections in which a secret can be; the seal tells which one it is.
    mutating func reseal(tenant: TenantID, providers: [String], keys: [MasterKey]) {
        guard let new = keys.first else { return }
        let references = text.matches(of: /sealed:[A-Za-z0-9_-]{1,64}:[A-Za-z0-9_-]+/)
        // From the end, so that earlier positions stay valid.
        for match in references.reversed() {
            guard let reference = SealedSecret(String(match.output.dropFirst(7))) else {
                fail(at: match.range.lowerBound, "the sealed secret is incomplete")
                continue
            }
            guard reference.masterKeyID != new.id else { continue }
            guard let old = keys.first(where: { $0.id == reference.masterKeyID }) else {
                fail(at: match.range.lowerBound, "\(SecretReferenceError.noMasterKey(reference.masterKeyID))")
                continue
            }
            do throws(SecretsError) {
                text.replaceSubrange(
                    match.range, with: try Self.reseal(reference, tenant, providers, from: old, to: new).reference)
                count += 1
            } catch {
                fail(at: match.range.lowerBound, error.description)
            }
        }
        problems.reverse()
    }

    private static func reseal(
        _ reference: SealedSecret, _ tenant: TenantID, _ providers: [String], from old: MasterKey, to new: MasterKey
    ) throws(SecretsError) -> SealedSecret {
        for provider in providers {
            guard let secret = try? reference.open(tenant: tenant, provider: provider, key: old) else { continue }
            return try SealedSecret(sealing: secret, tenant: tenant, provider: provider, key: new)
        }
        throw .notAuthentic
    }

    private mutating func fail(at index: String.Index, _ message: String) {
        let before = text[..<index]
        let lineStart = before.lastIndex(where: \.isNewline).map(before.index(after:)) ?? before.startIndex
        let position = TextPosition(
            line: before.count(where: \.isNewline) + 1, column: before[lineStart...].unicodeScalars.count + 1)
        problems.append(Problem(position: position, message: message))
    }
}
