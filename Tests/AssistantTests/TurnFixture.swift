import Assistant
import Foundation
import Identity
import Logging
import NIOPosix
import ProviderKit
import SQLiteStore
import ServiceLifecycle
import Tenants
import Testing
import Time
import TodoStore

/// A runner with a real store in a temporary folder and scripted providers.
struct TurnFixture: Sendable {
    static let time = Timestamp(rfc3339: "2026-11-22T20:00:00Z") ?? .now
    let databases: any UserStore
    let runner: TurnRunner
    var account: Account
    var tenant: Tenant

    /// Runs a test; `scripts` are the replies of the targets in the chain, in order.
    static func run(
        _ scripts: [ScriptedProvider.Script], assistant: AssistantSettings = AssistantSettings(),
        clock: any Clock<Duration> = ContinuousClock(), _ body: @Sendable (TurnFixture) async throws -> Void
    ) async throws {
        let chain = scripts.indices.map {
            ProviderTarget(providerID: "scripted-\($0)", settings: ProviderSettings())
        }
        try await run(
            chain: chain, assistant: assistant, clock: clock,
            makeProvider: { _, target in
                ScriptedProvider(script: scripts[Int(target.providerID.dropFirst("scripted-".count)) ?? 0])
            }, body)
    }

    static func run(
        chain: [ProviderTarget], assistant: AssistantSettings = AssistantSettings(),
        clock: any Clock<Duration>, chance: @escaping @Sendable () -> Double = { 0 },
        makeProvider: @escaping ProviderFactory,
        _ body: @Sendable (TurnFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "steward-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let tenantID = try #require(TenantID("acme"))
        let threadPool = NIOThreadPool(numberOfThreads: 2)
        threadPool.start()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let databases = UserDatabases(
            configuration: StoreConfiguration(folder: folder), threadPool: threadPool, logger: logger, now: { time })
        let runner = TurnRunner(
            databases: databases, makeProvider: makeProvider, clock: clock, chance: chance, now: { time },
            logger: logger)
        let fixture = TurnFixture(
            databases: databases, runner: runner,
            account: Account(tenant: tenantID, user: try #require(UserID("alice"))),
            tenant: Tenant(id: tenantID, name: "Acme", chain: chain, assistant: assistant))
        let outcome = await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await runner.run() }
            let outcome = await Result { try await body(fixture) }
            group.cancelAll()
            return outcome
        }
        await databases.close()
        try await threadPool.shutdownGracefully()
        try outcome.get()
    }

    func start(
        _ message: String, in conversation: Int? = nil, confirms: Bool = false, idempotency: IdempotencyClaim? = nil
    ) throws -> TurnReader {
        try runner.start(
            TurnRequest(
                account: account, tenant: tenant, conversation: conversation, message: message,
                confirmsChanges: confirms, idempotency: idempotency))
    }

    /// Returns all events of a turn; `onText` is called with the text so far.
    func events(
        _ message: String, in conversation: Int? = nil, confirms: Bool = false, idempotency: IdempotencyClaim? = nil,
        onText: @Sendable (String) -> Void = { _ in }
    ) async throws -> [TurnEvent] {
        let reader = try start(message, in: conversation, confirms: confirms, idempotency: idempotency)
        var events: [TurnEvent] = []
        var text = ""
        while case .event(let event) = await reader.next() {
            events.append(event)
            if case .text(let piece) = event {
                text += piece
                onText(text)
            }
        }
        return events
    }

    /// Returns the answer of a turn that must succeed.
    func outcome(
        _ message: String, in conversation: Int? = nil, confirms: Bool = false, idempotency: IdempotencyClaim? = nil
    ) async throws -> TurnOutcome {
        let events = try await events(message, in: conversation, confirms: confirms, idempotency: idempotency)
        guard case .finished(let outcome) = events.last else { throw TurnError.interrupted }
        return outcome
    }

    /// Returns the error of a turn that must fail.
    func failure(
        _ message: String, in conversation: Int? = nil, idempotency: IdempotencyClaim? = nil
    ) async throws -> TurnError? {
        guard case .failed(let error) = try await events(message, in: conversation, idempotency: idempotency).last
        else { return nil }
        return error
    }

    func failureCode(
        _ message: String, in conversation: Int? = nil, idempotency: IdempotencyClaim? = nil
    ) async throws -> String? {
        try await failure(message, in: conversation, idempotency: idempotency)?.code
    }

    func titles() async throws -> [String] {
        try await databases.read(account, orEmpty: []) { try $0.todos(TodoQuery()).items.map(\.title) }
    }

    func messages(_ conversation: Int) async throws -> [StoredMessage] {
        try await databases.read(account, orEmpty: []) {
            try $0.messages(conversation: conversation, limit: 100).items
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
