import Foundation
import JSON
import TestSupport
import Testing

extension CommandTests {
    @Test("Data that an earlier tenant left is not given to a new one unawares")
    func adopting() async throws {
        try await Operator.with { steward in
            try steward.folder.write("", to: "data/acme/users/x")
            #expect(try await steward("tenant", "create", "acme").ending == .exited(1))
            #expect(try await steward("tenant", "create", "acme", "--adopt-data").succeeded)
        }
    }

    @Test("Deleting keeps the data unless it is purged, and asks where it can")
    func deleting() async throws {
        try await Operator.with { steward in
            _ = try await steward("tenant", "create", "acme")
            try steward.folder.write("", to: "data/acme/users/x")
            #expect(try await steward("tenant", "delete", "acme").ending == .exited(1))
            let kept = try await steward("tenant", "delete", "acme", "--yes", "--json")
            #expect(kept.json["data"] == "data/acme")
            #expect(try await steward("tenant", "show", "acme").ending == .exited(1))
            _ = try await steward("tenant", "create", "acme", "--adopt-data")
            #expect(try await steward("tenant", "delete", "acme", "--yes", "--purge").succeeded)
            #expect(!FileManager.default.fileExists(atPath: steward.folder["data/acme"]))
        }
    }

    /// The states left by an interrupted purge.
    enum CutOff: CaseIterable {
        case disabled, dataBegun, dataGone, folderRenamed, folderGone

        func leave(_ folder: TemporaryFolder) throws {
            let files = FileManager.default
            try files.createDirectory(atPath: folder["data/acme/users/y"], withIntermediateDirectories: true)
            try folder.write("x", to: "data/acme/tenant.sqlite")
            try folder.write("x", to: "data/acme/users/x")
            try folder.write("", to: "tenants/acme/disabled")
            if self == .dataBegun { try files.removeItem(atPath: folder["data/acme/tenant.sqlite"]) }
            if [.dataGone, .folderRenamed].contains(self) { try files.removeItem(atPath: folder["data/acme"]) }
            if self == .folderRenamed {
                try files.moveItem(atPath: folder["tenants/acme"], toPath: folder["tenants/.acme.0123456789ab"])
            }
            if self == .folderGone { try files.removeItem(atPath: folder["tenants/acme"]) }
        }
    }

    @Test("A purge that was cut off is finished by the same command", arguments: CutOff.allCases)
    func cutOffPurge(step: CutOff) async throws {
        try await Operator.with { steward in
            for tenant in ["acme", "acme-2"] {
                _ = try await steward("tenant", "create", tenant)
                _ = try await steward("key", "create", tenant)
            }
            try steward.folder.write("x", to: "data/acme-2/users/x")
            try step.leave(steward.folder)
            let purged = try await steward("tenant", "delete", "acme", "--yes", "--purge")
            #expect(purged.succeeded, "\(purged)")
            #expect(!FileManager.default.fileExists(atPath: steward.folder["data/acme"]))
            let tenants = try FileManager.default.contentsOfDirectory(atPath: steward.folder["tenants"])
            #expect(Set(tenants) == [".audit", "acme-2"])
            #expect(FileManager.default.fileExists(atPath: steward.folder["data/acme-2/users/x"]))
            let again = try await steward("tenant", "delete", "acme", "--yes", "--purge")
            #expect(again.ending == .exited(1))
            #expect(again.errors.contains("there is no tenant acme"))
        }
    }

    @Test("A backup of nobody, one that was cut off, and one with a lost copy are no good, and verify says why")
    func badBackups() async throws {
        try await Operator.with { steward in
            try FileManager.default.createDirectory(
                atPath: steward.folder["data"], withIntermediateDirectories: true)
            let backup = steward.folder["backup"]
            #expect(try await steward("backup", backup).succeeded)
            let empty = try await steward("verify", backup)
            #expect(empty.ending == .exited(1))
            #expect(empty.errors.contains("contains no copy of any user"), "\(empty)")
            try steward.folder.write("", to: "backup/.incomplete")
            let cut = try await steward("verify", backup, "--json")
            #expect(cut.ending == .exited(1))
            #expect(cut.json["problems"]?.array?.first?["problem"]?.string?.contains("did not complete") == true)
            #expect(try await steward("backup", backup).succeeded)
            #expect(!FileManager.default.fileExists(atPath: backup + "/.incomplete"))
            try FileManager.default.createDirectory(
                atPath: backup + "/acme", withIntermediateDirectories: true)
            try steward.folder.write(
                #"{"hash": "abcd", "stamp": null, "bytes": 7}"# + "\n", to: "backup/acme/manifest.jsonl")
            let lost = try await steward("verify", backup)
            #expect(lost.ending == .exited(1))
            #expect(lost.errors.contains("acme/users/ab/abcd.sqlite: the copy is missing"), "\(lost)")
        }
    }
}
