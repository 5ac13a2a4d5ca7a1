import Foundation
import Identity
import Secrets
import Tenants
import TestSupport
import Testing
import Time
import Tokens

@Suite struct KeyFolderTests {
    let acme: TenantID

    init() throws { acme = try #require(TenantID("acme")) }

    private func messages(_ spoil: (TemporaryTenants, String) throws -> Void) async throws -> [String] {
        try await TemporaryTenants.with { tenants in
            let kid = try #require(tenants.directory().snapshot.records[acme]?.keys.first?.kid)
            try spoil(tenants, tenants.paths.key(acme, kid))
            let snapshot = tenants.directory().snapshot
            #expect(snapshot.key(kid) == nil)
            // The tenant itself works: only the key is disabled.
            #expect(snapshot.records[acme]?.tenant != nil)
            return snapshot.problems(of: acme).map(\.message)
        }
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o602])
    func `A key file that others could open does not count`(_ mode: Int) async throws {
        let messages = try await messages { _, path in
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        #expect(messages == ["is accessible to others, so the key is not used; run chmod 600 and rotate the key"])
    }

    @Test(arguments: [0o755, 0o711, 0o770]) func `A keys folder that others could enter does not count`(_ mode: Int)
        async throws
    {
        let messages = try await messages { tenants, _ in
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: tenants.paths.keys(acme))
        }
        #expect(messages == ["is accessible to others, so its keys are not used; run chmod 700"])
    }

    @Test func `A link is no key file`() async throws {
        let messages = try await messages { tenants, path in
            try FileManager.default.moveItem(atPath: path, toPath: tenants.root + "/key.json")
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: tenants.root + "/key.json")
        }
        #expect(messages == ["is a symbolic link"])
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `A key file of another user does not count`() async throws {
        let messages = try await messages { _, path in #expect(chown(path, 12_345, 12_345) == 0) }
        #expect(messages == ["belongs to another user, so the key is not used"])
    }

    @Test func `Folders, pipes and large files are no key files`() async throws {
        let folder = try await messages { _, path in
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        #expect(folder == ["is not a regular file"])
        let pipe = try await messages { _, path in
            try FileManager.default.removeItem(atPath: path)
            #expect(mkfifo(path, 0o600) == 0)
        }
        #expect(pipe == ["is not a regular file"])
        let large = try await messages { tenants, path in
            try tenants.write(String(repeating: " ", count: 20_000), to: path)
        }
        #expect(large == ["is larger than 16KB"])
    }

    @Test func `A key file that is edited in place counts at the next look`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            let key = try #require(directory.snapshot.records[acme]?.keys.first)
            let path = tenants.paths.key(acme, key.kid)
            var revoked = key
            revoked.state = .revoked
            let folder = try FileManager.default.attributesOfItem(atPath: tenants.paths.keys(acme))[.modificationDate]
            let file = try FileHandle(forUpdating: URL(filePath: path))
            try file.truncate(atOffset: 0)
            try file.write(contentsOf: Data(KeyFile.encode(revoked).revealedBytes()))
            try file.close()
            let after = try FileManager.default.attributesOfItem(atPath: tenants.paths.keys(acme))[.modificationDate]
            #expect(folder as? Date == after as? Date)
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(directory.snapshot.key(key.kid)?.state == .revoked)
            #expect(directory.reload(now: .now).isEmpty)
        }
    }

    @Test func `An edit that keeps a key's size and sets its time back counts, too`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            let key = try #require(directory.snapshot.records[acme]?.keys.first)
            let path = tenants.paths.key(acme, key.kid)
            let date = try #require(FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
            let file = try FileHandle(forUpdating: URL(filePath: path))
            try file.write(contentsOf: Data("x".utf8))
            try file.close()
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            _ = directory.reload(now: .now)
            #expect(directory.snapshot.key(key.kid) == nil)
            #expect(directory.snapshot.problems(of: acme).map(\.file) == [path])
        }
    }

    @Test func `A key that others could read from now on is used no more, and is named`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            let kid = try #require(directory.snapshot.records[acme]?.keys.first?.kid)
            let path = tenants.paths.key(acme, kid)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(directory.snapshot.key(kid) == nil)
            #expect(directory.snapshot.problems(of: acme).map(\.file) == [path])
        }
    }

    @Test func `A key mended by chmod counts at the next look`() async throws {
        try await TemporaryTenants.with { tenants in
            let directory = tenants.directory()
            let kid = try #require(directory.snapshot.records[acme]?.keys.first?.kid)
            let path = tenants.paths.key(acme, kid)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            _ = directory.reloadAll(secrets: SecretSources(environment: [:]), now: .now)
            #expect(directory.snapshot.key(kid) == nil)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(directory.reload(now: .now).changed == [acme])
            #expect(directory.snapshot.key(kid) != nil)
        }
    }
}
