internal import Foundation
package import Identity
package import Secrets

/// Where references to secrets lead. It prints as redacted.
package struct SecretSources: Sendable {
    /// The process's own variables: they win over `.env`.
    private let environment: [String: String]
    private let dotEnv: [String: String]
    private let masterKeys: [MasterKey]

    package init(environment: [String: String], dotEnv: [String: String] = [:], masterKeys: [MasterKey] = []) {
        self.environment = environment
        self.dotEnv = dotEnv
        self.masterKeys = masterKeys
    }

    /// The secret, trimmed; its characters are those that a header can carry.
    package func resolve(
        _ reference: SecretReference, tenant: TenantID, provider: String
    ) throws(SecretReferenceError) -> Secret {
        let text = try find(reference, tenant: tenant, provider: provider).revealed()
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .empty }
        // A line break in a header would be a second header.
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unusableCharacters }
        return Secret(utf8: trimmed)
    }

    private func find(
        _ reference: SecretReference, tenant: TenantID, provider: String
    ) throws(SecretReferenceError) -> Secret {
        switch reference {
        case .environment(let name):
            guard let value = environment[name] ?? dotEnv[name] else { throw .variableNotSet(name) }
            return Secret(utf8: value)
        case .file(let path): return try SecretFile.read(path)
        case .credential(let name):
            guard let folder = environment["CREDENTIALS_DIRECTORY"] else { throw .noCredentials }
            return try SecretFile.read("\(folder)/\(name)")
        case .sealed(let sealed):
            guard let key = masterKeys.first(where: { $0.id == sealed.masterKeyID }) else {
                throw .noMasterKey(sealed.masterKeyID)
            }
            do {
                return try sealed.open(tenant: tenant, provider: provider, key: key)
            } catch {
                throw .sealed(error)
            }
        }
    }
}

extension SecretSources: CustomStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a reference leads to no secret.
package enum SecretReferenceError: Error, Hashable, CustomStringConvertible {
    case variableNotSet(String)
    case noCredentials
    case file(FileError)
    case writableByOthers
    case readableByOthers
    case noMasterKey(String)
    case sealed(SecretsError)
    case empty
    case unusableCharacters

    package var description: String {
        switch self {
        case .variableNotSet(let name): "\(name) is set neither in the environment nor in .env"
        case .noCredentials: "systemd passed no credentials to this process (CREDENTIALS_DIRECTORY is not set)"
        case .file(let error): "the secret's file \(error)"
        case .writableByOthers: "the secret's file is writable by others; chmod go-w it"
        case .readableByOthers: "the secret's file is readable by everyone; chmod o-r it"
        case .noMasterKey(let id): "it is sealed with the master key \(id), which was not given (--master-key)"
        case .sealed(let error): "\(error)"
        case .empty: "the secret is empty"
        case .unusableCharacters: "the secret has white space or characters beyond ASCII inside"
        }
    }
}
