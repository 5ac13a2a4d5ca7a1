import Assistant
import Identity
import JSON
import Offline
import ProviderKit
import Tenants
import TodoStore

/// Turns of a scripted model with the real adapter of rules beside it.
struct RuledFixture: Sendable {
    let turns: TurnFixture
    let script: ScriptedProvider.Script

    static func run(
        _ replies: [ScriptedProvider.Reply], assistant: AssistantSettings = AssistantSettings(), tasks: [String] = [],
        _ body: @escaping @Sendable (RuledFixture) async throws -> Void
    ) async throws {
        let script = ScriptedProvider.Script(replies)
        let transport = ProviderTransport(clock: ContinuousClock())
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
            try await body(RuledFixture(turns: turns, script: script))
        }
        await transport.shutdown()
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
