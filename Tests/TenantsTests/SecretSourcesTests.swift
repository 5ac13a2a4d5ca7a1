import Files
import Foundation
import Identity
import Secrets
import Tenants
import TestSupport
import Testing

@Suite struct SecretSourcesTests {
    let acme: TenantID

    init() throws { acme = try #require(TenantID("acme")) }

    private func resolve(
        _ reference: String, environment: [String: String] = [:], dotEnv: [String: String] = [:],
        masterFile: MasterKeyFile? = nil
    ) throws -> Secret {
        let sources = SecretSources(environment: environment, dotEnv: dotEnv, masterFile: masterFile)
        return try sources.resolve(try #require(SecretReference(reference)), tenant: acme, provider: "openrouter")
    }

    @Test func `The environment wins over .env`() throws {
        #expect(try resolve("env:K", environment: ["K": "real"], dotEnv: ["K": "file"]) == Secret(utf8: "real"))
        #expect(try resolve("env:K", dotEnv: ["K": "file"]) == Secret(utf8: "file"))
        #expect(throws: SecretReferenceError.variableNotSet("K")) { try resolve("env:K") }
        #expect(throws: SecretReferenceError.empty) { try resolve("env:K", environment: ["K": " \n"]) }
        #expect(throws: SecretReferenceError.unusableCharacters) {
            try resolve("env:K", environment: ["K": "sk-1\r\nX-Evil: 1"])
        }
    }

    @Test(
        arguments: [
            (0o600, nil), (0o400, nil), (0o640, nil), (0o644, .readableByOthers), (0o604, .readableByOthers),
            (0o620, .writableByOthers), (0o602, .writableByOthers),
        ] as [(Int, SecretReferenceError?)])
    func `A secret's file is not open to others`(_ mode: Int, _ error: SecretReferenceError?) async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let path = tenants.root + "/key"
            try tenants.write("sk-file\n", to: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let link = tenants.root + "/link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            for name in [path, link] {
                if let error {
                    #expect(throws: error) { try resolve("file:\(name)") }
                } else {
                    #expect(try resolve("file:\(name)") == Secret(utf8: "sk-file"))
                }
            }
        }
    }

    @Test func `What is no regular file holds no secret`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            #expect(throws: SecretReferenceError.file(.missing)) { try resolve("file:\(tenants.root)/none") }
            #expect(throws: SecretReferenceError.file(.notRegular)) { try resolve("file:\(tenants.root)") }
            #expect(throws: SecretReferenceError.file(.notRegular)) { try resolve("file:/dev/zero") }
        }
    }

    @Test func `A credential lies in systemd's folder`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            try tenants.write("sk-cred", to: tenants.root + "/acme-key")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o400], ofItemAtPath: tenants.root + "/acme-key")
            let environment = ["CREDENTIALS_DIRECTORY": tenants.root]
            #expect(try resolve("credential:acme-key", environment: environment) == Secret(utf8: "sk-cred"))
            #expect(throws: SecretReferenceError.noCredentials) { try resolve("credential:acme-key") }
        }
    }

    @Test func `A sealed secret opens for its tenant, its provider and its master key only`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let keys = [try MasterKey.generate(), try MasterKey.generate()]
            let file = MasterKeyFile(path: tenants.root + "/master")
            let missing = MasterKeyFile(path: tenants.root + "/none")
            try tenants.writeSecret(keys.map { $0.line.revealed() }.joined(), to: file.path)
            let globex = try #require(TenantID("globex"))
            func sealed(_ tenant: TenantID, _ provider: String, _ key: MasterKey) throws -> String {
                try SealedSecret(
                    sealing: Secret(utf8: "sk-sealed"), tenant: tenant, provider: provider, key: key
                ).reference
            }
            for key in keys {
                let reference = try sealed(acme, "openrouter", key)
                #expect(!reference.contains("sk-sealed"))
                #expect(try resolve(reference, masterFile: file) == Secret(utf8: "sk-sealed"))
                #expect(throws: SecretReferenceError.noMasterKeyFile) { try resolve(reference) }
                #expect(throws: SecretReferenceError.masterFile(missing.path, "does not exist")) {
                    try resolve(reference, masterFile: missing)
                }
            }
            for reference in [try sealed(globex, "openrouter", keys[0]), try sealed(acme, "groq", keys[0])] {
                #expect(throws: SecretReferenceError.sealed(.notAuthentic)) {
                    try resolve(reference, masterFile: file)
                }
            }
            let strange = try MasterKey.generate()
            let reference = try sealed(acme, "openrouter", strange)
            #expect(throws: SecretReferenceError.noMasterKey(strange.id)) { try resolve(reference, masterFile: file) }
        }
    }

    @Test func `A master key that was added after the sources were made is found`() async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let keys = [try MasterKey.generate(), try MasterKey.generate()]
            let file = MasterKeyFile(path: tenants.root + "/master")
            try tenants.writeSecret(keys[0].line.revealed(), to: file.path)
            let sources = SecretSources(environment: [:], masterFile: file)
            try tenants.writeSecret(keys[1].line.revealed() + keys[0].line.revealed(), to: file.path)
            let sealed = try SealedSecret(
                sealing: Secret(utf8: "sk-sealed"), tenant: acme, provider: "openrouter", key: keys[1])
            let secret = try sources.resolve(.sealed(sealed), tenant: acme, provider: "openrouter")
            #expect(secret == Secret(utf8: "sk-sealed"))
        }
    }

    @Test(arguments: [0o604, 0o602, 0o620])
    func `A master file is not open to others`(_ mode: Int) async throws {
        try await TemporaryTenants.with([:]) { tenants in
            let file = MasterKeyFile(path: tenants.root + "/master")
            try tenants.writeSecret(try MasterKey.generate().line.revealed(), to: file.path)
            #expect(try file.keys().count == 1)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
            #expect(throws: SecretReferenceError.self) { try file.keys() }
        }
    }

    @Test func `A master file holds a key a line`() throws {
        let keys = [try MasterKey.generate(), try MasterKey.generate()]
        let text = "# made today\n" + keys.map { $0.line.revealed() }.joined()
        #expect(MasterKey.parse(Secret(utf8: text)) == keys)
        for text in ["", "id", "id AAAA", keys[0].line.revealed() + keys[0].line.revealed()] {
            #expect(MasterKey.parse(Secret(utf8: text)) == nil)
        }
    }

    @Test(arguments: [
        "sk-or-v1-abc", "", "env:", "ENV:X", "env:1X", "env:A-B", "file:", "credential:a/b", "credential:..", "sealed:",
        "sealed:k", "sealed:k:A", "vault:x",
    ])
    func `What is no reference is refused`(_ text: String) { #expect(SecretReference(text) == nil) }

    @Test func `Sources print as redacted`() {
        let sources = SecretSources(environment: ["K": "sk-or-v1-abc"])
        var dumped = ""
        dump(sources, to: &dumped)
        #expect(!"\(sources)\(dumped)\(String(reflecting: sources))".contains("sk-or"))
    }

    @Test(
        arguments: [
            (SecretEncoding.utf8, "s3cret\n", "s3cret"), (.utf8, "s3cret", "s3cret"),
            (.hex, "733363726574\n", "s3cret"),
            (.base64, "czNjcmV0", "s3cret"), (.base64, "c2VjcmV0cw==", "secrets"), (.base64, "c2VjcmV0cw", "secrets"),
            (.hex, "73336g", nil), (.base64, "c2VjcmV0cw=", nil), (.base64, "c2Vj cmV0", nil),
            (.base64, "c2VjcmV0cx==", nil),
        ] as [(SecretEncoding, String, String?)])
    func `An imported secret is read in the encoding that was named`(
        _ encoding: SecretEncoding, _ text: String, _ secret: String?
    ) {
        #expect(encoding.decode(Secret(utf8: text)) == secret.map { Secret(utf8: $0) })
    }
}
