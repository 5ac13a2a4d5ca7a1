import Foundation
import JSON
import TestSupport
import Testing

/// Failures of the disk under a running server: calls of the real binary get the errors of a real disk, with
/// `DiskFaults`, which needs neither root nor a separate file system.
@Suite(.serialized, .timeLimit(.minutes(10))) struct DiskFaultTests {
    /// The failing calls, and the text in the operator's log.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let calls: [DiskFaults.Calls]
        let code: Int32
        let words: String
        /// Whether stored data stays readable.
        var isReadable = false
    }

    private static let faults = [
        Fault(testDescription: "fsync error", calls: [.sync], code: EIO, words: "could not be synced"),
        Fault(testDescription: "write error", calls: [.write], code: EIO, words: "the disk failed"),
        Fault(
            testDescription: "read-only disk", calls: [.write, .open, .sync, .space], code: EROFS, words: "is read-only"
        ),
        Fault(
            testDescription: "disk full", calls: [.write, .space], code: ENOSPC, words: "the disk of the data is full",
            isReadable: true),
    ]

    @Test(
        "A disk that fails is told to the user and the operator, harms nobody else and loses nothing that was answered",
        arguments: faults)
    func fails(fault: Fault) async throws {
        try await Deployment.run { site in
            let alice = try await site.token("acme", "alice")
            let bob = try await site.token("acme", "bob")
            let disk = try DiskFaults(in: site.folder)
            var stored: [String] = []
            try await site.serve(environment: disk.environment) { server in
                for number in 1...5 {
                    #expect(try await Self.add("a\(number)", "alice", alice, site).status == 201)
                    stored.append("a\(number)")
                }
                let file = try #require(try site.databases(of: "acme").first)
                #expect(try await Self.add("b1", "bob", bob, site).status == 201)
                // Her file and its log; the free space is queried with the folder's path.
                let part = (file as NSString).lastPathComponent
                try disk.begin(fault.calls, fault.code, on: part, disk: "data")
                for number in 1...3 {
                    let refused = try await Self.add("lost\(number)", "alice", alice, site)
                    #expect(refused.status == 503, "\(refused)")
                    #expect(refused.json["code"] == "overloaded")
                    #expect(refused["retry-after"] != nil)
                }
                let meanwhile = try await site.curl("GET", "/api/alice/tasks", token: alice)
                if fault.isReadable || meanwhile.status == 200 {
                    #expect(Self.titles(meanwhile) == stored)
                } else {
                    #expect(meanwhile.status == 503)
                }
                #expect(site.log.contains(fault.words), "\(site.log)")
                let lines = site.log.split(separator: "\n").filter {
                    $0.contains("error steward") || $0.contains("critical")
                }
                #expect((1...3).contains(lines.count), "\(lines)")
                let faulty = try await site.steward("status", "--json").json["store"]?["faulty"]
                if fault.code != ENOSPC {
                    #expect(lines.allSatisfy { $0.contains(part) })
                    #expect(faulty == 1)
                }
                #expect(try await Self.add("b2", "bob", bob, site).status == 201)
                try disk.end()
                #expect(try await Self.add("after", "alice", alice, site).status == 201)
                let after = Self.titles(try await site.curl("GET", "/api/alice/tasks", token: alice))
                // A refused task may be stored once, when the disk failed after it was written.
                #expect(after.filter { !$0.hasPrefix("lost") } == stored + ["after"])
                #expect(Set(after).count == after.count)
                stored = after
                #expect(try await site.steward("verify").output == "2 whole\n")
                server.signal(SIGKILL)
                #expect(try await server.end(within: .seconds(10)) == .signalled(SIGKILL))
            }
            try await site.serve { _ in
                let last = try await site.curl("GET", "/api/alice/tasks", token: alice)
                #expect(Self.titles(last) == stored)
                let verified = try await site.steward("verify")
                #expect(verified.output == "2 whole\n")
            }
        }
    }

    private static func add(
        _ title: String, _ user: String, _ token: String, _ site: Deployment
    ) async throws -> Curl.Answer {
        try await site.curl("POST", "/api/\(user)/tasks", token: token, title: title)
    }

    private static func titles(_ answer: Curl.Answer) -> [String] {
        (answer.json["items"]?.array ?? []).compactMap { $0["title"]?.string }
    }
}
