internal import Foundation
internal import Identity
internal import Secrets

/// The text of a tenant file, in which sealed secrets are found wherever they stand: a file that is broken elsewhere, and
/// a line that is a comment for now, must open with the new master key too.
struct SealedText {
    /// What keeps a secret from being sealed anew.
    struct Problem: Error {
        let position: TextPosition
        let message: String
    }

    private(set) var text: String
    /// How many secrets were sealed anew.
    private(set) var count = 0
    private(set) var problems: [Problem] = []

    init(_ text: String) { self.text = text }

    /// Seals with the first of `keys` what another of them has sealed. Nothing but those references changes.
    ///
    /// - Parameter providers: whose sections a secret may stand in; the seal itself says which it is.
    mutating func reseal(tenant: TenantID, providers: [String], keys: [MasterKey]) {
        guard let new = keys.first else { return }
        let references = text.matches(of: /sealed:[A-Za-z0-9_-]{1,64}:[A-Za-z0-9_-]+/)
        // From the end, so that the places of the earlier ones stay right.
        for match in references.reversed() {
            guard let reference = SealedSecret(String(match.output.dropFirst(7))) else {
                fail(at: match.range.lowerBound, "the sealed secret is not whole")
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
