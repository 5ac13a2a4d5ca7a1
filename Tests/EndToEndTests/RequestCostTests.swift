import Foundation
import JSON
import TestSupport
import Testing

/// The CPU time of one request on the server, over all routes and the worst requests within its limits.
///
/// The unit is a plain create in the same run, which takes a release build about 0.3 ms: a bound of 50 ms is 160 of
/// them, on any machine and in any build.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RequestCostTests {
    /// The maximum cost of a request, in creates.
    private static let bound = 160.0

    /// The requests with a higher maximum, with the reason.
    private static let exceptions: [String: (bound: Double, reason: String)] = [
        "POST /tasks/import": (6000, "up to 1 MB of rows in one transaction; two imports a second at most"),
        "GET /tasks/export": (1200, "every task of the user, in slices"),
        "POST /tasks/bulk": (1600, "up to 1,000 changes with their journal entries in one transaction"),
        "POST /undo": (1600, "takes back a bulk of 1,000 changes"),
    ]

    @Test("No request of any route costs more than its bound")
    func costs() async throws {
        let limits = "limits: {chats_per_minute: 100000, requests_per_minute: 1000000}\n"
        try await Deployment.run(tenants: ["acme": "provider: offline\n" + limits]) { site in
            try await site.serve { server in
                let token = try await site.token("acme", "alice")
                try await FastCGIClient.withConnection(unixPath: site.folder["steward.sock"]) { client in
                    let meter = RequestMeter(client: client, server: server.processID, token: token)
                    try await meter.prepare()
                    let plain = try await meter.plainCreate()
                    let document = try JSONParser.parse(
                        try await meter.answer("GET", "/openapi.json").text, limits: JSONLimits(size: 4 << 20))
                    for (path, operations) in document["paths"]?.object?.members.map({ ($0.name, $0.value) }) ?? [] {
                        guard path.hasPrefix("/api/{user_id}/") else { continue }
                        let relative = String(path.dropFirst("/api/{user_id}".count))
                        for method in operations.object?.names.map({ $0.uppercased() }) ?? []
                        where method != "PARAMETERS" {
                            let route = "\(method) \(relative)"
                            let requests = try #require(
                                HostileRequest.all(method, relative), "no worst request is known for \(route)")
                            let bound = Self.exceptions[route]?.bound ?? Self.bound
                            for request in requests {
                                let cost = try await meter.cost(of: request, below: bound * plain) / plain
                                #expect(cost <= bound, "\(route), \(request.name): \(cost) creates")
                            }
                        }
                    }
                }
            }
        }
    }
}
