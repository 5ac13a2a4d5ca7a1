import Foundation
import JSON
import TestSupport
import Testing

/// Interrupted backups.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BackupTests {
    private static let users = (1...40).map { "user\($0)" }

    @Test("A backup that is killed goes on where it was: what is copied is whole, and is not copied again")
    func resumes() async throws {
        try await Deployment.run { site in
            try await site.serve { _ in
                for user in Self.users {
                    let token = try await site.token("acme", user)
                    #expect(try await site.curl("POST", "/api/\(user)/tasks", token: token, title: "x").status == 201)
                }
                let backup = site.folder["backup"]
                try await ChildProcess.run(
                    StewardProgram.path, ["backup", backup], directory: site.folder.path,
                    output: site.folder["backup.out"], errors: site.folder["backup.log"]
                ) { child in
                    // The backup can have copied any number of users, and may even have completed.
                    try await eventually("some are copied") { Self.copied(site) >= 3 }
                    child.signal(SIGKILL)
                    _ = try await child.end(within: .seconds(10))
                }
                let copied = Self.copied(site)
                // `verify` reports the interruption, unless the backup completed, and no damaged copy.
                let problems = try await site.steward("verify", backup, "--json").json["problems"]?.array ?? []
                #expect(problems.count <= 1 && problems.allSatisfy { $0["of"] == .string(backup) }, "\(problems)")
                let second = try await site.steward("backup", backup, "--json").json
                #expect(second["problems"] == [])
                let again = second["copied"]?.integer ?? -1
                let unchanged = second["unchanged"]?.integer ?? -1
                #expect(again + unchanged == Self.users.count)
                // The last copy may be missing from the manifest.
                #expect((copied - 1...copied).contains(unchanged), "\(copied) were copied, \(second)")
                #expect(try await site.steward("verify", backup).output == "\(Self.users.count) whole\n")
                let restored = try await site.steward("restore", backup, "--yes")
                #expect(restored.output == "\(Self.users.count) restored\n", "\(restored)")
            }
        }
    }

    /// Returns the number of copies in the manifest.
    private static func copied(_ site: Deployment) -> Int {
        site.folder.text(of: "backup/acme/manifest.jsonl").split(separator: "\n").count
    }
}
