package import Identity
package import Secrets

/// Where references to secrets lead. It prints as redacted.
package struct SecretSources: Sendable {
    /// The process's own variables: they win over `.env`.
    private let environment: [String: String]
    private let dotEnv: [String: String]
    private let masterFile: MasterKeyFile?
    private let masterKeys: [MasterKey]

    /// Reads the master keys, if there is a file of them. Blocks.
    package init(
        environment: [String: String], dotEnv: [String: String] = [:], masterFile: MasterKeyFile? = nil
    ) {
        self.environment = environment
        self.dotEnv = dotEnv
        self.masterFile = masterFile
        // What is wrong with the file concerns those who have sealed secrets, and is said to them.
        masterKeys = (try? masterFile?.keys()) ?? []
    }

    /// The secret, trimmed; its characters are those that a header can carry.
    package func resolve(
        _ reference: SecretReference, tenant: TenantID, provider: String
    ) throws(SecretReferenceError) -> Secret {
        try find(reference, tenant: tenant, provider: provider).usable()
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
            let key = try masterKey(sealed.masterKeyID)
            do {
                return try sealed.open(tenant: tenant, provider: provider, key: key)
            } catch {
                throw .sealed(error)
            }
        }
    }

    private func masterKey(_ id: String) throws(SecretReferenceError) -> MasterKey {
        if let key = masterKeys.first(where: { $0.id == id }) { return key }
        guard let masterFile else { throw .noMasterKeyFile }
        // The key may have been added since: its secrets are met before anybody says that all is to be read again.
        guard let key = try masterFile.keys().first(where: { $0.id == id }) else { throw .noMasterKey(id) }
        return key
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
    /// A file of master keys, and what is wrong with it.
    case masterFile(String, String)
    case noMasterKeyFile
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
        case .masterFile(let path, let problem): "\(path), the file of the master keys, \(problem)"
        case .noMasterKeyFile:
            "it takes a master key, and none was given: --master-key FILE, STEWARD_MASTER_KEY_FILE or the credential "
                + "steward-master"
        case .noMasterKey(let id): "it is sealed with the master key \(id), which is not in the file of the master keys"
        case .sealed(let error): "\(error)"
        case .empty: "the secret is empty"
        case .unusableCharacters: "the secret has white space or characters beyond ASCII inside"
        }
    }
}
