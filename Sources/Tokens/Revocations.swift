package import Identity
internal import Secrets
package import Time

/// All revocations of one tenant, indexed for lookup on every request.
package struct Revocations: Sendable, Equatable {
    private var tokenIDs: Set<String> = []
    private var digests: Set<[UInt8]> = []
    private var users: [UserID: UnixTime] = [:]

    package init() {}

    package init(_ revocations: some Sequence<Revocation>) {
        for revocation in revocations { insert(revocation) }
    }

    package mutating func insert(_ revocation: Revocation) {
        switch revocation {
        case .tokenID(let tokenID, _): tokenIDs.insert(tokenID)
        case .digest(let digest, _): digests.insert(digest)
        case .user(let user, let until): users[user] = max(until, users[user] ?? until)
        }
    }

    package mutating func formUnion(_ other: Revocations) {
        tokenIDs.formUnion(other.tokenIDs)
        digests.formUnion(other.digests)
        users.merge(other.users, uniquingKeysWith: max)
    }

    /// Returns the first second in which a new token of this user is not already revoked.
    package func earliestIssue(for user: UserID) -> UnixTime? { users[user].map { $0 + .seconds(1) } }

    func contain(_ verified: VerifiedToken, token: UnverifiedToken) throws(TokenError) -> Bool {
        if let tokenID = verified.tokenID, tokenIDs.contains(tokenID) { return true }
        if let until = users[verified.account.user], verified.issuedAt.map({ $0 <= until }) ?? true { return true }
        // The hash costs half an HMAC, so it is computed only if needed.
        guard !digests.isEmpty, verified.tokenID == nil else { return false }
        do {
            return digests.contains(try SHA256.digest(token.bytes))
        } catch {
            throw .cryptography
        }
    }
}
