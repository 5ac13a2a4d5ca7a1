import Assistant
import Foundation
import JSON
import ProviderKit
import Tenants
import Testing
import Time
import TodoStore

@Suite(.timeLimit(.minutes(5))) struct WrittenTimesTests {
    /// Sunday evening in Berlin.
    private static func due(_ arguments: JSONObject) async throws -> (due: String?, recurrence: String?, error: String?)
    {
        let settings = AssistantSettings(timeZone: try #require(TimeZone(identifier: "Europe/Berlin")))
        let call = ToolCall(id: "a", name: "add_task", arguments: arguments)
        return try await RuledFixture.run([.call([call]), .say("Ok.")], assistant: settings) { fixture in
            let outcome = try await fixture.outcome("Something for the trash")
            let todo = try await fixture.turns.todos().first
            return (todo?.dueAt?.rfc3339, todo?.recurrence, outcome.toolCalls[0].result["error"]?["message"]?.string)
        }
    }

    @Test(
        "Tools take times as models write them",
        arguments: [
            ("2026-11-24T17:00:00+01:00", "2026-11-24T16:00:00Z"), ("2026-11-24", "2026-11-24T22:59:59Z"),
            ("2026-11-24T17:00", "2026-11-24T16:00:00Z"), ("2026-11-24 17:00:00", "2026-11-24T16:00:00Z"),
            ("2026-11-24 17:00 UTC+01:00", "2026-11-24T16:00:00Z"), ("2026-11-24.", "2026-11-24T22:59:59Z"),
            ("tomorrow", "2026-11-23T22:59:59Z"), ("Friday at 5 pm", "2026-11-27T16:00:00Z"),
            ("morgen", "2026-11-23T22:59:59Z"), ("2026-07-01 12:00", "2026-07-01T10:00:00Z"),
        ])
    func times(text: String, due: String) async throws {
        let found = try await Self.due(["title": "Trash", "due_at": .string(text)])
        #expect(found.error == nil)
        #expect(found.due.flatMap { Timestamp(rfc3339: $0) } == Timestamp(rfc3339: due))
    }

    @Test(
        "Tools take repetitions in words",
        arguments: [
            ("daily", "FREQ=DAILY"), ("Weekly.", "FREQ=WEEKLY"), ("RRULE:FREQ=MONTHLY", "FREQ=MONTHLY"),
            ("every Friday", "FREQ=WEEKLY;BYDAY=FR"), ("FREQ=DAILY;INTERVAL=2", "FREQ=DAILY;INTERVAL=2"),
        ])
    func repetitions(text: String, rule: String) async throws {
        let found = try await Self.due([
            "title": "Trash", "due_at": "tomorrow", "recurrence": .string(text),
        ])
        #expect(found.error == nil)
        #expect(found.recurrence == rule)
    }

    @Test("An argument that says none is left out", arguments: ["", "none", "null", "N/A"])
    func nothing(text: String) async throws {
        let found = try await Self.due(["title": "Trash", "due_at": .string(text), "recurrence": .string(text)])
        #expect(found.error == nil && found.due == nil && found.recurrence == nil)
    }

    @Test(
        "A time that nothing reads is refused without an example that could be copied",
        arguments: ["soonish", "2026-13-45"])
    func unreadable(text: String) async throws {
        let found = try await Self.due(["title": "Trash", "due_at": .string(text)])
        let error = try #require(found.error)
        #expect(error.contains("YYYY-MM-DD") && error.contains("2026") && !error.contains("2026-"))
    }
}
