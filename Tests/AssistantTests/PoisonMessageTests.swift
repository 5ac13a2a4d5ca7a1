import Foundation
import Identity
import JSON
import OpenAICompatible
import ProviderKit
import Synchronization
import Tenants
import TestSupport
import Testing

@testable import Assistant

/// A message for which the upstream answers 500 each time, among the messages of other users of the tenant.
@Suite(.timeLimit(.minutes(5))) struct PoisonMessageTests {
    /// The messages that the primary target has received.
    private final class Received: Sendable {
        let messages = Mutex<[String]>([])
        func count(_ message: String) -> Int { messages.withLock { $0.count { $0.contains(message) } } }
    }

    private static func run(
        hasBackup: Bool, _ body: @escaping @Sendable (TurnFixture, Received) async throws -> Void
    ) async throws {
        let received = Received()
        try await ScriptedUpstream.run { request, _ in
            guard request.path.hasPrefix("/primary") else { return FaultRig.answer("backup") }
            let message = request.json["messages"]?.array?.last?["content"]?.string ?? ""
            received.messages.withLock { $0.append(message) }
            return message.contains("poison") ? FaultRig.error(500) : FaultRig.answer("primary")
        } _: { upstream in
            try await ProviderTransport.withTransport { transport in
                let targets = ["primary", "backup"].prefix(hasBackup ? 2 : 1).map { (model: String) in
                    ProviderTarget(
                        providerID: "openai-compatible",
                        settings: ProviderSettings(
                            model: model, baseURL: "\(upstream.url)/\(model)", allowPrivate: true))
                }
                try await TurnFixture.run(
                    chain: Array(targets), clock: ContinuousClock(),
                    makeProvider: { try OpenAICompatibleProvider(settings: $1.settings, transport: transport) }
                ) { fixture in
                    var fixture = fixture
                    fixture.tenant.limits.chatsPerMinute = 100_000
                    try await body(fixture, received)
                }
            }
        }
    }

    private static func `as`(_ user: String, _ fixture: TurnFixture) throws -> TurnFixture {
        var fixture = fixture
        fixture.account = Account(tenant: fixture.tenant.id, user: try #require(UserID(user)))
        return fixture
    }

    @Test(
        "One user's poison message disturbs no turn of ten others, whether there is a fallback or not",
        arguments: [true, false])
    func poison(_ hasBackup: Bool) async throws {
        try await Self.run(hasBackup: hasBackup) { fixture, received in
            let poisoned = try Self.as("mallory", fixture)
            for round in 0..<8 {
                let events = try await poisoned.events("poison")
                if hasBackup {
                    #expect(FaultOutcome(events).wholeAnswerFrom == "backup")
                } else {
                    #expect(FaultOutcome(events).error?.code == "provider_unavailable")
                }
                for number in 1...10 {
                    let message = "round \(round), user \(number)."
                    let events = try await Self.as("user-\(number)", fixture).events(message)
                    #expect(FaultOutcome(events).wholeAnswerFrom == "primary")
                    #expect(received.count(message) == 1)
                }
            }
            // Its own user is kept from the target after three attempts, but for a probe every five seconds.
            #expect((3...8).contains(received.count("poison")))
        }
    }
}
