import Assistant
import Identity
import JSON
import Offline
import ProviderKit
import Synchronization
import Tenants
import Testing
import TodoStore

/// Turns of a scripted model with the real adapter of rules beside it.
struct RuledFixture: Sendable {
    let turns: TurnFixture
    let script: ScriptedProvider.Script

    @discardableResult
    static func run<Result: Sendable>(
        _ replies: [ScriptedProvider.Reply], assistant: AssistantSettings = AssistantSettings(), tasks: [String] = [],
        _ body: @escaping @Sendable (RuledFixture) async throws -> Result
    ) async throws -> Result {
        let script = ScriptedProvider.Script(replies)
        let transport = ProviderTransport(clock: ContinuousClock())
        let result = Mutex<Result?>(nil)
        try await TurnFixture.run(
            chain: [ProviderTarget(providerID: "scripted", settings: ProviderSettings())], assistant: assistant,
            clock: ContinuousClock(),
            makeProvider: { tenant, target in
                guard target.providerID == "offline" else { return ScriptedProvider(script: script) }
                return try OfflineProvider(settings: target.settings, transport: transport.of(tenant.rawValue))
            }
        ) { turns in
            try await turns.databases.write(turns.account) { transaction in
                for title in tasks { _ = try transaction.addTodo(TodoDraft(title: title), origin: .user) }
            }
            let value = try await body(RuledFixture(turns: turns, script: script))
            result.withLock { $0 = value }
        }
        await transport.shutdown()
        return try #require(result.withLock { $0 })
    }

    func outcome(_ message: String, in conversation: Int? = nil) async throws -> TurnOutcome {
        try await turns.outcome(message, in: conversation)
    }

    func open() async throws -> [String] {
        try await turns.databases.read(turns.account, orEmpty: []) {
            try $0.todos(TodoQuery(status: .pending)).items.map(\.title)
        }
    }

    func completed() async throws -> [String] {
        try await turns.databases.read(turns.account, orEmpty: []) {
            try $0.todos(TodoQuery(status: .completed)).items.map(\.title)
        }
    }
}
