import Foundation
import Identity
import ProviderKit
import Secrets
import Tenants
import TestSupport
import Testing
import Time
import Tokens

@Suite struct TenantDirectoryTests {
    let acme: TenantID
    let globex: TenantID
    let broken = "provider: nobody\n"

    init() throws {
        acme = try #require(TenantID("acme"))
        globex = try #require(TenantID("globex"))
    }

    private func isReady(_ state: TenantState?) -> Bool {
        if case .ready = state { true } else { false }
    }

    @Test func `Each folder is a tenant, and each key is found by its id`() async throws {
        try await TemporaryTenants.with { tenants in
            let snapshot = tenants.directory().snapshot
            #expect(snapshot.ids == [acme, globex])
            #expect(isReady(snapshot.tenant(acme)) && isReady(snapshot.tenant(globex)))
            let nobody = try #require(TenantID("nobody"))
            #expect(snapshot.tenant(nobody) == nil)
            let key = try #require(snapshot.records[acme]?.keys.first)
            #expect(snapshot.key(key.kid)?.tenant == acme)
            #expect(snapshot.problems(of: acme).isEmpty && snapshot.folderProblems.isEmpty)
        }
    }

    @Test func `A tenant broken at start answers that, and the others serve`() async throws {
        try await TemporaryTenants.with(["acme": broken, "globex": TemporaryTenants.offlineFile]) { tenants in
            let snapshot = tenants.directory().snapshot
            guard case .misconfigured(let problems) = snapshot.tenant(acme) else {
                Issue.record("acme is not misconfigured")
                return
            }
            #expect(problems.first?.position == TextPosition(line: 1, column: 11))
            #expect(isReady(snapshot.tenant(globex)))
            // Its tokens are still verified.
            let token = try tenants.token(tenant: "acme")
            #expect(try TokenVerifier(keys: snapshot).verify(token, host: nil, now: .now).account.tenant == acme)
        }
    }

    @Test func `A missing secret is a broken tenant, and never another's key`() async throws {
        let file = "provider: openrouter\nfallbacks: [offline]\nproviders:\n  openrouter: {api_key: env:ACME_KEY}\n"
        try await TemporaryTenants.with(["acme": file]) { tenants in
            let without = tenants.directory(secrets: ["OTHER_KEY": "x"]).snapshot
            #expect(
                without.problems(of: acme).map(\.description) == [
                    "\(tenants.paths.file(acme)):4:25: providers.openrouter.api_key: "
                        + "ACME_KEY is set neither in the environment nor in .env"
                ])
            #expect(!isReady(without.tenant(acme)))
            guard case .ready(let tenant) = tenants.directory(secrets: ["ACME_KEY": "sk-1"]).snapshot.tenant(acme)
            else {
                Issue.record("acme is not ready")
                return
            }
            #expect(tenant.chain.map(\.providerID) == ["openrouter", "offline"])
            #expect(tenant.chain[0].settings.apiKey == Secret(utf8: "sk-1"))
            #expect(tenant.chain[1].settings.apiKey == nil)
        }
    }

    @Test func `A broken edit keeps the working tenant and says so, until it is mended`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            let before = directory.snapshot
            try tenants.write(broken, to: tenants.paths.file(acme))
            let changes = directory.reload(now: .now)
            #expect(changes.kept == [acme] && changes.changed.isEmpty)
            #expect(changes.problems.count == 1)
            #expect(isReady(directory.snapshot.tenant(acme)))
            #expect(directory.snapshot.problems(of: acme).count == 1)
            #expect(directory.reload(now: .now).isEmpty)
            try tenants.write("name: New\nprovider: offline\n", to: tenants.paths.file(acme))
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(directory.snapshot.records[acme]?.tenant?.name == "New")
            // A request keeps the configuration that it began with.
            #expect(before.records[acme]?.tenant?.name == "acme")
        }
    }

    @Test func `Tenants come and go, and nothing is read again that did not change`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            #expect(directory.reload(now: .now).isEmpty)
            try tenants.add("initech")
            let initech = try #require(TenantID("initech"))
            #expect(directory.reload(now: .now).added == [initech])
            try tenants.administration.delete(initech)
            #expect(directory.reload(now: .now).removed == [initech])
            try tenants.administration.disable(acme)
            #expect(directory.reload(now: .now).changed == [acme])
            guard case .disabled = directory.snapshot.tenant(acme) else {
                Issue.record("acme is not disabled")
                return
            }
            try tenants.administration.enable(acme)
            _ = directory.reload(now: .now)
            #expect(isReady(directory.snapshot.tenant(acme)))
        }
    }

    private func key(_ directory: TenantDirectory) -> String? {
        guard case .ready(let tenant)? = directory.snapshot.tenant(acme) else { return nil }
        return tenant.chain.first?.settings.apiKey?.revealed()
    }

    @Test("The file of a secret that was replaced, rewritten or linked to another is read again", arguments: [0, 1, 2])
    func rotatedSecret(_ way: Int) async throws {
        let manager = FileManager.default
        try await TemporaryTenants.with { tenants in
            let (path, target) = (tenants.root + "/.key", tenants.root + "/.target")
            func write(_ text: String, to path: String) throws {
                try tenants.write(text, to: path)
                try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            }
            try write("old-key\n", to: way == 2 ? target : path)
            if way == 2 { try manager.createSymbolicLink(atPath: path, withDestinationPath: target) }
            let file = "provider: openrouter\nproviders: {openrouter: {api_key: \"file:\(path)\"}}\n"
            try tenants.write(file, to: tenants.paths.file(acme))
            let directory = tenants.directory()
            #expect(key(directory) == "old-key")
            #expect(directory.reload(now: .now).isEmpty)
            switch way {
            case 0: try write("new-key", to: path)
            case 1:
                let handle = try #require(FileHandle(forWritingAtPath: path))
                try handle.truncate(atOffset: 0)
                try handle.write(contentsOf: Data("new-key".utf8))
                try handle.close()
            default:
                try write("new-key", to: target + "2")
                try manager.removeItem(atPath: path)
                try manager.createSymbolicLink(atPath: path, withDestinationPath: target + "2")
            }
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(key(directory) == "new-key")
            #expect(directory.reload(now: .now).isEmpty)
            // A secret that cannot be read keeps the old one, until it can be read again.
            try manager.removeItem(atPath: path)
            #expect(directory.reload(now: .now).kept == [acme])
            #expect(key(directory) == "new-key")
            try write("third-key", to: path)
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(key(directory) == "third-key")
        }
    }

    @Test func `Reloading everything reads secrets anew`() async throws {
        let file = "provider: openrouter\nproviders: {openrouter: {api_key: env:K}}\n"
        try await TemporaryTenants.with(["acme": file]) { tenants in
            let directory = tenants.directory(secrets: ["K": "old"])
            let same = directory.reloadAll(secrets: SecretSources(environment: ["K": "old"]), now: .now)
            #expect(same.isEmpty)
            let changes = directory.reloadAll(secrets: SecretSources(environment: ["K": "new"]), now: .now)
            #expect(changes.changed == [acme])
            #expect(directory.snapshot.records[acme]?.tenant?.chain[0].settings.apiKey == Secret(utf8: "new"))
        }
    }

    @Test func `A second key with the same id disables both and is a problem of both`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            let key = try #require(directory.snapshot.records[acme]?.keys.first)
            let copy = try SigningKey(
                kid: key.kid, tenant: globex, algorithm: .hs256, secret: key.secret, createdAt: .now, origin: .own)
            let path = tenants.paths.key(globex, key.kid)
            try tenants.write(KeyFile.encode(copy).revealed(), to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            let token = try tenants.token(tenant: "acme")
            _ = directory.reload(now: .now)
            #expect(directory.snapshot.key(key.kid) == nil)
            #expect(throws: TokenError.unknownKey) {
                try TokenVerifier(keys: directory.snapshot).verify(token, host: nil, now: .now)
            }
            #expect(
                directory.snapshot.problems(of: acme).map(\.message)
                    == ["is also the id of a key of globex; none of them is used"])
            #expect(
                directory.snapshot.problems(of: globex).map(\.message)
                    == ["is also the id of a key of acme; none of them is used"])
        }
    }

    @Test func `A copied folder brings no key with it`() async throws {
        try await TemporaryTenants.with(["acme": TemporaryTenants.offlineFile]) { tenants in
            try FileManager.default.copyItem(atPath: tenants.paths.folder(acme), toPath: tenants.paths.folder(globex))
            let snapshot = tenants.directory().snapshot
            #expect(snapshot.records[globex]?.keys.isEmpty == true)
            #expect(snapshot.problems(of: globex).map(\.message) == ["tenant: must be the folder's name, globex"])
            let kid = try #require(snapshot.records[acme]?.keys.first?.kid)
            #expect(snapshot.key(kid) != nil)
        }
    }

    @Test func `Revocations count at the next look, and what cannot be read brings nothing back`() async throws {
        try await TemporaryTenants.with { tenants in
            let token = try tenants.token(tokenID: "t1")
            let directory = tenants.directory()
            func verdict() -> TokenError? {
                do {
                    _ = try TokenVerifier(keys: directory.snapshot).verify(token, host: nil, now: .now)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(verdict() == nil)
            let entry = Revocation.tokenID("t1", expires: .now + .seconds(3_600))
            try tenants.administration.revoke(entry, tenant: acme, now: .now)
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(verdict() == .revoked)
            try tenants.write("nonsense\n", to: tenants.paths.revocations(acme))
            _ = directory.reload(now: .now)
            #expect(verdict() == .revoked)
            #expect(isReady(directory.snapshot.tenant(acme)))
            // A tenant that is read for the first time without all its revocations is not started.
            #expect(!isReady(tenants.directory().snapshot.tenant(acme)))
        }
    }

    @Test func `A tenant file that is a link is refused, and nothing of where it leads is told`() async throws {
        try await TemporaryTenants.with { tenants in
            let secret = tenants.root + "/shadow"
            try tenants.write("root: sealed-0123456789\n", to: secret)
            let path = tenants.paths.file(acme)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: secret)
            let problems = tenants.directory().snapshot.problems(of: acme)
            #expect(problems.map(\.description) == ["\(path): is a symbolic link"])
            try FileManager.default.removeItem(atPath: path)
            #expect(mkfifo(path, 0o644) == 0)
            #expect(tenants.directory().snapshot.problems(of: acme).map(\.message) == ["is not a regular file"])
        }
    }

    @Test func `Revocations that are a link are refused`() async throws {
        try await TemporaryTenants.with { tenants in
            let list = tenants.root + "/list"
            try tenants.write("", to: list)
            let path = tenants.paths.revocations(acme)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: list)
            #expect(tenants.directory().snapshot.problems(of: acme).map(\.message) == ["is a symbolic link"])
        }
    }

    @Test func `Folders that can be no tenant are named, files and hidden folders ignored`() async throws {
        try await TemporaryTenants.with { tenants in
            for name in ["Acme GmbH", ".git"] {
                try FileManager.default.createDirectory(
                    atPath: "\(tenants.root)/\(name)", withIntermediateDirectories: true)
            }
            try tenants.write("read me", to: "\(tenants.root)/README.md")
            let snapshot = tenants.directory().snapshot
            #expect(snapshot.ids == [acme, globex])
            #expect(snapshot.folderProblems.map(\.file) == ["\(tenants.root)/Acme GmbH"])
        }
    }

    @Test func `A tenants folder that is missing is a problem and no crash`() {
        let directory = TenantDirectory(
            root: "/nonexistent/tenants", registry: TemporaryTenants.registry,
            secrets: SecretSources(environment: [:]), now: .now)
        #expect(
            directory.snapshot.folderProblems.map(\.description) == ["/nonexistent/tenants: does not exist"])
    }

    @Test func `A folder that cannot be listed for a moment keeps its tenants`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            try FileManager.default.moveItem(atPath: tenants.root, toPath: tenants.root + ".away")
            _ = directory.reload(now: .now)
            #expect(isReady(directory.snapshot.tenant(acme)))
            try FileManager.default.moveItem(atPath: tenants.root + ".away", toPath: tenants.root)
            _ = directory.reload(now: .now)
            #expect(directory.snapshot.folderProblems.isEmpty && isReady(directory.snapshot.tenant(acme)))
        }
    }
}
