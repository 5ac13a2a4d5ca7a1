import Foundation
import Identity
import JSON
import Time
import TodoStore

/// The progress of the maintenance, in a file that outlives the process.
struct MaintenanceState: Sendable, Hashable {
    /// The users up to this one have been looked after in this round.
    struct Cursor: Sendable, Hashable {
        var tenant: TenantID
        /// The hash of that user; empty before the first one.
        var hash: String
    }

    var progress = Maintenance.Progress()
    /// Nil when the last round came to its end.
    var cursor: Cursor?
    /// The version of the users' schema to which this run migrates.
    var schema = Schema.user.version

    /// The path of the state; no tenant has such a name.
    static func path(in folder: String) -> String { folder + "/.housekeeping" }

    init() {}

    /// Reads the state; if it does not parse, the next round begins anew.
    init(folder: String) {
        guard let data = FileManager.default.contents(atPath: Self.path(in: folder)), data.count <= 4096,
            let json = try? JSONParser.parse(String(decoding: data, as: UTF8.self)),
            let schema = json["schema"]?.integer, let checked = json["checked"]?.integer,
            let tidied = json["tidied"]?.integer, let failed = json["failed"]?.integer,
            [checked, tidied, failed].allSatisfy((0...(1 << 53)).contains)
        else { return }
        self.schema = schema
        progress = Maintenance.Progress(checked: checked, tidied: tidied, failed: failed)
        progress.startedAt = json["started_at"]?.string.flatMap { Timestamp(rfc3339: $0) }
        progress.finishedAt = json["finished_at"]?.string.flatMap { Timestamp(rfc3339: $0) }
        if let tenant = json["tenant"]?.string.flatMap({ TenantID($0) }), let hash = json["hash"]?.string {
            cursor = Cursor(tenant: tenant, hash: hash)
        }
    }

    /// Saves the state without a sync: if a crash of the machine loses it, the run begins from the start.
    func save(in folder: String) throws {
        var json: JSONObject = [
            "schema": .integer(schema), "checked": .integer(progress.checked), "tidied": .integer(progress.tidied),
            "failed": .integer(progress.failed),
        ]
        json["started_at"] = progress.startedAt.map { .string($0.rfc3339) }
        json["finished_at"] = progress.finishedAt.map { .string($0.rfc3339) }
        json["tenant"] = cursor.map { .string($0.tenant.rawValue) }
        json["hash"] = cursor.map { .string($0.hash) }
        let path = Self.path(in: folder)
        try Data((JSONValue.object(json).text + "\n").utf8).write(to: URL(filePath: path), options: .atomic)
    }
}
