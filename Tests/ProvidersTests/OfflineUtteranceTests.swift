import JSON
import ProviderKit
import Testing

@Suite("What people say to the offline adapter")
struct OfflineUtteranceTests {
    @Test("A request to add becomes add_task with the user's words", arguments: OfflineUtterance.adding)
    func adding(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Dates in words become due_at in Berlin", arguments: OfflineUtterance.dated)
    func dated(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Dates in words become due_at in UTC", arguments: OfflineUtterance.datedUTC)
    func datedUTC(_ utterance: OfflineUtterance) async throws { try await check(utterance, zone: "UTC") }

    @Test("A question becomes the list, the search or the task that answers it", arguments: OfflineUtterance.asking)
    func asking(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("A request to change becomes the change, or the look-up before it", arguments: OfflineUtterance.changing)
    func changing(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Several requests in one message become several calls", arguments: OfflineUtterance.several)
    func several(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Groups of tasks and of changes become calls for each", arguments: OfflineUtterance.groups)
    func groups(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Sentences in German do what their English does", arguments: OfflineUtterance.german)
    func german(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Sentences in Spanish do what their English does", arguments: OfflineUtterance.spanish)
    func spanish(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("What people say of days that come again becomes a rule", arguments: OfflineUtterance.recurring)
    func recurring(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("What people say in passing does what they mean, or nothing", arguments: OfflineUtterance.people)
    func people(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test("Talk and what is not understood is answered without a call", arguments: OfflineUtterance.talking)
    func talking(_ utterance: OfflineUtterance) async throws { try await check(utterance) }

    @Test func `The tables hold at least 150 utterances`() {
        let tables = [
            OfflineUtterance.adding, OfflineUtterance.dated, OfflineUtterance.datedUTC, OfflineUtterance.asking,
            OfflineUtterance.changing, OfflineUtterance.several, OfflineUtterance.talking,
        ]
        #expect(tables.map(\.count).reduce(0, +) >= 150)
    }

    private func check(_ utterance: OfflineUtterance, zone: String = "Europe/Berlin") async throws {
        let (calls, answer) = try await OfflineChat(zone: zone).firstCalls(utterance.text)
        let expected = try utterance.calls.map { call in
            let parts = call.split(separator: " ", maxSplits: 1)
            return "\(parts[0]) \(try JSONParser.parse(parts[1]).canonical.text)"
        }
        #expect(calls.map { "\($0.name) \(JSONValue.object($0.arguments).canonical.text)" } == expected, "\(answer)")
        #expect(calls.isEmpty != answer.isEmpty)
    }
}
