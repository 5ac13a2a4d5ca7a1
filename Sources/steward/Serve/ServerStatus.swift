import Administration
import Assistant
import FastCGI
import Foundation
import Identity
import JSON
import PostgresStore
import ProviderKit
import SQLiteStore
import Tenants
import Time
import TodoStore

/// The answer to `GET /status`, similar to that of php-fpm.
struct ServerStatus: Sendable {
    let started: Timestamp
    let fastCGI: FastCGIConfiguration
    let turns: TurnRunner
    let stores: UserStores
    let housekeeping: Maintenance
    let tenants: TenantDirectory

    var json: JSONObject {
        let connections = fastCGI.statistics.snapshot
        let store = stores.folder.statistics
        let rounds = housekeeping.progress
        var json: JSONObject = [
            "version": .string(Version.current), "pid": .integer(Int(getpid())),
            "started_at": .string(started.rfc3339),
            "uptime_seconds": .integer((Timestamp.now.milliseconds - started.milliseconds) / 1000),
            "state": fastCGI.drain.hasBegun ? "draining" : "ready",
            "fastcgi": [
                "accepted": .integer(connections.accepted), "active": .integer(connections.active),
                "idle": .integer(connections.idle), "in_flight": .integer(connections.inFlight),
                "requests": .integer(connections.requests), "refused": .integer(connections.refused),
                "aborted": .integer(connections.aborted), "protocol_errors": .integer(connections.protocolErrors),
                "bytes_in": .integer(connections.bytesIn), "bytes_out": .integer(connections.bytesOut),
            ],
            "turns": ["running": .integer(turns.runningTurns)],
            "providers": ["left_alone": .array(turns.unavailableTargets(limit: 100).map(\.json))],
            "store": [
                "open": .integer(store.open), "queue": .integer(store.waiting), "hits": .integer(store.hits),
                "misses": .integer(store.misses), "evictions": .integer(store.evictions),
                "faulty": .integer(store.faulty),
            ],
            "housekeeping": [
                "state": rounds.isRunning ? "running" : "waiting", "checked": .integer(rounds.checked),
                "tidied": .integer(rounds.tidied), "failed": .integer(rounds.failed),
                "tenant": rounds.tenant.map { .string($0.rawValue) } ?? .null,
                "started_at": rounds.startedAt.map { .string($0.rfc3339) } ?? .null,
                "finished_at": rounds.finishedAt.map { .string($0.rfc3339) } ?? .null,
            ],
            "tenants": .object(JSONObject(tenantCounts.map { ($0.state, .integer($0.count)) })),
        ]
        if !stores.databases.isEmpty { json["databases"] = .object(JSONObject(databases.map { ($0.name, $0.json) })) }
        return json
    }

    /// The databases of stores.yaml, sorted by name.
    private var databases: [(name: String, json: JSONValue)] {
        stores.databases.sorted { $0.key < $1.key }.map { name, database in
            let figures = database.statistics
            return (
                name,
                [
                    "state": figures.holdsLease ? "ready" : "unreachable", "running": .integer(figures.running),
                    "queue": .integer(figures.waiting), "connections": .integer(figures.connections),
                ]
            )
        }
    }

    private var tenantCounts: [(state: String, count: Int)] {
        let snapshot = tenants.snapshot
        var (ready, disabled, misconfigured) = (0, 0, 0)
        for record in snapshot.records.values {
            switch record.state {
            case .ready: ready += 1
            case .disabled: disabled += 1
            case .misconfigured: misconfigured += 1
            }
        }
        return [("ready", ready), ("disabled", disabled), ("misconfigured", misconfigured)]
    }

    /// The number of tenants with problems, including those that keep their previous configuration.
    private var tenantsWithProblems: Int {
        let snapshot = tenants.snapshot
        return snapshot.ids.count { !snapshot.problems(of: $0).isEmpty }
    }

    /// The same numbers in the format of Prometheus; those that only increase are counters.
    var metrics: String {
        let connections = fastCGI.statistics.snapshot
        let store = stores.folder.statistics
        let rows: [(name: String, kind: String, value: Int)] = [
            ("steward_fastcgi_connections_accepted_total", "counter", connections.accepted),
            ("steward_fastcgi_connections_active", "gauge", connections.active),
            ("steward_fastcgi_connections_idle", "gauge", connections.idle),
            ("steward_fastcgi_requests_in_flight", "gauge", connections.inFlight),
            ("steward_fastcgi_requests_total", "counter", connections.requests),
            ("steward_fastcgi_requests_refused_total", "counter", connections.refused),
            ("steward_fastcgi_requests_aborted_total", "counter", connections.aborted),
            ("steward_fastcgi_protocol_errors_total", "counter", connections.protocolErrors),
            ("steward_fastcgi_received_bytes_total", "counter", connections.bytesIn),
            ("steward_fastcgi_sent_bytes_total", "counter", connections.bytesOut),
            ("steward_turns_running", "gauge", turns.runningTurns),
            ("steward_provider_targets_left_alone", "gauge", turns.unavailableTargets(limit: .max).count),
            ("steward_databases_open", "gauge", store.open),
            ("steward_databases_waiting", "gauge", store.waiting),
            ("steward_database_hits_total", "counter", store.hits),
            ("steward_database_misses_total", "counter", store.misses),
            ("steward_database_evictions_total", "counter", store.evictions),
            ("steward_tenants_with_problems", "gauge", tenantsWithProblems),
            ("steward_databases_faulty", "gauge", store.faulty),
            ("process_start_time_seconds", "gauge", started.milliseconds / 1000),
        ]
        let states = tenantCounts.map { "steward_tenants{state=\"\($0.state)\"} \($0.count)\n" }.joined()
        return rows.map { "# TYPE \($0.name) \($0.kind)\n\($0.name) \($0.value)\n" }.joined()
            + "# TYPE steward_tenants gauge\n" + states
    }
}

extension UnavailableTarget {
    fileprivate var json: JSONValue {
        let (reason, wait) =
            switch rest {
            case .failing(let nextProbe): ("failing", nextProbe)
            case .limited(let over): ("rate_limited", over)
            }
        return [
            "tenant": .string(tenant.rawValue), "provider": .string(provider),
            "model": model.map { .string($0) } ?? .null, "reason": .string(reason),
            "retry_after_seconds": .integer(Int(wait.wholeSeconds)),
        ]
    }
}
