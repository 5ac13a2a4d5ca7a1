package import Identity
package import Secrets

/// A secret that only one provider section of one tenant can open: `sealed:<master key id>:<base64url>`.
package struct SealedSecret: Sendable, Hashable {
    package let masterKeyID: String
    private let box: SealedBox

    /// Parses the text after `sealed:`.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, MasterKey.isID(parts[0]),
            let box = Base64URL.decode(parts[1]).flatMap({ SealedBox(combined: $0) })
        else { return nil }
        masterKeyID = String(parts[0])
        self.box = box
    }

    /// Seals a secret for one provider section of one tenant.
    package init(sealing secret: Secret, tenant: TenantID, provider: String, key: MasterKey) throws(SecretsError) {
        masterKeyID = key.id
        box = try SealedBox(
            sealing: secret, key: key.secret, place: Self.place(tenant: tenant, provider: provider, key: key.id))
    }

    /// The reference in the tenant's file.
    package var reference: String { "sealed:\(masterKeyID):\(Base64URL.encode(box.combined))" }

    func open(tenant: TenantID, provider: String, key: MasterKey) throws(SecretsError) -> Secret {
        try box.open(key: key.secret, place: Self.place(tenant: tenant, provider: provider, key: key.id))
    }

    private static func place(tenant: TenantID, provider: String, key: String) -> [UInt8] {
        Array("steward sealed secret 1\u{0}\(tenant)\u{0}\(provider)\u{0}api_key\u{0}\(key)".utf8)
    }
}
