package import Files
package import Identity
package import Secrets

/// The sources from which references to secrets are resolved. Printing it shows `<redacted>`.
package struct SecretSources: Sendable {
    /// The environment of the process, which takes precedence over `.env`.
    private let environment: [String: String]
    private let dotEnv: [String: String]
    private let masterFile: MasterKeyFile?
    private let masterKeys: [MasterKey]

    /// Creates the sources and reads the master keys, if a file is given. Blocks.
    package init(
        environment: [String: String], dotEnv: [String: String] = [:], masterFile: MasterKeyFile? = nil
    ) {
        self.environment = environment
        self.dotEnv = dotEnv
        self.masterFile = masterFile
        // Errors of the file are reported only to tenants with sealed secrets.
        masterKeys = (try? masterFile?.keys()) ?? []
    }

    /// Returns the secret, trimmed and checked for use in a header field.
    package func resolve(
        _ reference: SecretReference, tenant: TenantID, provider: String
    ) throws(SecretReferenceError) -> Secret {
        guard case .sealed(let sealed) = reference else { return try resolve(reference) }
        let key = try masterKey(sealed.masterKeyID)
        let secret: Secret
        do {
            secret = try sealed.open(tenant: tenant, provider: provider, key: key)
        } catch {
            throw .sealed(error)
        }
        return try secret.usable()
    }

    /// Returns a secret that belongs to no tenant, which is never sealed.
    package func resolve(_ reference: SecretReference) throws(SecretReferenceError) -> Secret {
        try find(reference).usable()
    }

    /// Returns the path of the file that contains a secret; nil for a secret without a file of its own.
    func path(of reference: SecretReference) -> String? {
        switch reference {
        case .file(let path): path
        case .credential(let name): environment["CREDENTIALS_DIRECTORY"].map { "\($0)/\(name)" }
        case .environment, .sealed: nil
        }
    }

    private func find(_ reference: SecretReference) throws(SecretReferenceError) -> Secret {
        switch reference {
        case .environment(let name):
            guard let value = environment[name] ?? dotEnv[name] else { throw .variableNotSet(name) }
            return Secret(utf8: value)
        case .file(let path): return try SecretFile.read(path)
        case .credential:
            guard let path = path(of: reference) else { throw .noCredentials }
            return try SecretFile.read(path)
        case .sealed: throw .sealedForTenant
        }
    }

    private func masterKey(_ id: String) throws(SecretReferenceError) -> MasterKey {
        if let key = masterKeys.first(where: { $0.id == id }) { return key }
        guard let masterFile else { throw .noMasterKeyFile }
        // The key may have been added since the file was read: its secrets can be met before a reload.
        guard let key = try masterFile.keys().first(where: { $0.id == id }) else { throw .noMasterKey(id) }
        return key
    }
}

extension SecretSources: CustomStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The reason why a reference cannot be resolved.
package enum SecretReferenceError: Error, Hashable, CustomStringConvertible {
    case variableNotSet(String)
    case noCredentials
    case file(FileError)
    case writableByOthers
    case readableByOthers
    /// The path of the master key file and its problem.
    case masterFile(String, String)
    case noMasterKeyFile
    case noMasterKey(String)
    case sealed(SecretsError)
    /// A sealed secret where there is no tenant to which it belongs.
    case sealedForTenant
    case empty
    case unusableCharacters

    package var description: String {
        switch self {
        case .variableNotSet(let name): "\(name) is set neither in the environment nor in .env"
        case .noCredentials: "systemd passed no credentials to this process (CREDENTIALS_DIRECTORY is not set)"
        case .file(let error): "the secret's file \(error)"
        case .writableByOthers: "the secret's file is writable by others; run chmod go-w"
        case .readableByOthers: "the secret's file is readable by everyone; run chmod o-r"
        case .masterFile(let path, let problem): "the master key file \(path) \(problem)"
        case .noMasterKeyFile:
            "a master key is required: --master-key FILE, STEWARD_MASTER_KEY_FILE or the credential "
                + "steward-master"
        case .noMasterKey(let id): "it is sealed with the master key \(id), which is not in the master key file"
        case .sealed(let error): "\(error)"
        case .sealedForTenant: "a sealed secret belongs to a tenant; use env:NAME, file:PATH or credential:NAME"
        case .empty: "the secret is empty"
        case .unusableCharacters: "the secret contains white space or non-ASCII characters"
        }
    }
}
