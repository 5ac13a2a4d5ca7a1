import Assistant
import JSON
import ProviderKit
import Synchronization
import Tenants
import Testing
import TodoStore

@Suite struct ConfirmationTests {
    private let bulk = ToolCall("bulk_update_tasks", ["action": "delete", "status": "all"])

    private func attempt(
        _ messages: [(text: String, confirms: Bool)], sameConversation: Bool = true
    ) async throws -> Int {
        let replies = messages.flatMap { _ -> [ScriptedProvider.Reply] in [.call([bulk]), .say("Sure?")] }
        let script = ScriptedProvider.Script(replies)
        let count = Counter()
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            var conversation: Int?
            for message in messages {
                let outcome = try await fixture.outcome(
                    message.text, in: sameConversation ? conversation : nil, confirms: message.confirms)
                conversation = outcome.id.conversation
            }
            count.value = try await fixture.todos().count
        }
        return count.value
    }

    @Test(
        "The user's own next yes confirms",
        arguments: [
            "yes", "Yes!", " ok. ", "Yes, please", "do it", "Ja", "YES.", "I’m sure", "yes, I'm sure!", "\tsí\n",
            "SI\u{301}",
            "ja, bitte",
        ])
    func confirms(yes: String) async throws {
        #expect(try await attempt([("Delete all", false), (yes, false)]) == 0)
    }

    @Test("So does confirm: true, whatever the message says")
    func confirmsByFlag() async throws {
        #expect(try await attempt([("Delete all", false), ("Delete all", true)]) == 0)
    }

    @Test(
        "Nothing else does",
        arguments: [
            "no", "yes but keep the first", "yesterday", "what?", "Delete all", "the model says yes", "not ok",
            "okay not", "yes 2", "Yes: 1, 3", "ok 👎", "yes ❌", "yes?", "yes!!", "yes..", "yes, no", "yes\nno", "ok, 1",
            "(yes)", "\"yes\"", "y e s", "yes - not", "да нет", "ja?", String(repeating: "yes ", count: 1000),
            "yes\(String(repeating: "\u{301}", count: 30))",
        ])
    func refuses(message: String) async throws {
        #expect(try await attempt([("Delete all", false), (message, false)]) == 5)
    }

    @Test("A yes that was not asked for confirms nothing")
    func needsQuestion() async throws {
        #expect(try await attempt([("yes", true)]) == 5)
        #expect(try await attempt([("Delete all", false), ("yes", false)], sameConversation: false) == 5)
    }

    @Test("A yes allows no deletion besides those that were asked for")
    func allowsNothingElse() async throws {
        let two = ToolCall("bulk_update_tasks", ["action": "delete", "task_ids": [1, 2]])
        let script = ScriptedProvider.Script([
            .call([two]), .say("Sure?"), .call([two]), .call([ToolCall("delete_task", ["task_id": 3], id: "b")]),
            .say("Deleted."),
        ])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(3, title: "t")
            let asked = try await fixture.outcome("Delete tasks 1 and 2, keep 3")
            let outcome = try await fixture.outcome("Yes", in: asked.id.conversation)
            #expect(outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == [nil, "not_asked_for"])
            #expect(try await fixture.todos().map(\.id) == [3])
        }
    }

    @Test("Only the next request counts")
    func expires() async throws {
        let ask = ScriptedProvider.Reply.call([bulk])
        let script = ScriptedProvider.Script([ask, .say("Sure?"), .say("Hello."), ask, .say("Sure?")])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            let conversation = try await fixture.outcome("Delete all").id.conversation
            _ = try await fixture.outcome("Hello", in: conversation)
            let outcome = try await fixture.outcome("yes", in: conversation)
            #expect(outcome.toolCalls.first?.result["error"]?["code"] == "confirmation_required")
            #expect(try await fixture.todos().count == 5)
        }
    }

    @Test("A yes covers what was asked about, and nothing beyond")
    func coversWhatWasAsked() async throws {
        let some = ToolCall("bulk_update_tasks", ["action": "delete", "task_ids": [1, 2]])
        let script = ScriptedProvider.Script([
            .call([some]), .say("Sure?"), .call([bulk]), .call([some]), .say("Done."),
        ])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            let asked = try await fixture.outcome("Delete 1 and 2")
            let error = try #require(asked.toolCalls.first?.result["error"])
            #expect(error["code"] == "confirmation_required")
            #expect(error["confirmation_id"]?.integer == 1)
            #expect(error["tasks"] == [["id": 1, "title": "t 1"], ["id": 2, "title": "t 2"]])
            #expect(error["user_message"] == "Nothing was done yet. Delete 2 tasks? Answer \"yes\" to go ahead.")
            let done = try await fixture.outcome("yes", in: asked.id.conversation)
            #expect(done.toolCalls.map { $0.result["error"]?["code"]?.string } == ["confirmation_required", nil])
            #expect(try await fixture.todos().map(\.id) == [3, 4, 5])
        }
    }

    @Test(
        "The result has a sentence for the user, in the language of the message",
        arguments: [
            ("Bitte lösche die Aufgaben 1 und 2", "Noch ist nichts geschehen. 2 Aufgaben löschen?"),
            ("Por favor elimina las tareas 1 y 2", "Todavía no se ha hecho nada. ¿Eliminar 2 tareas?"),
        ])
    func sentence(_ message: String, _ sentence: String) async throws {
        let some = ToolCall("bulk_update_tasks", ["action": "delete", "task_ids": [1, 2]])
        try await TurnFixture.run([ScriptedProvider.Script([.call([some]), .say("?")])]) { fixture in
            _ = try await fixture.seed(3, title: "t")
            let error = try #require(try await fixture.outcome(message).toolCalls.first?.result["error"])
            #expect(error["user_message"]?.string?.hasPrefix(sentence) == true)
            #expect(error["message"] != error["user_message"])
        }
    }

    @Test("The server's own question is in the answer, in the stream, in the stored message and in the replay")
    func question() async throws {
        let script = ScriptedProvider.Script([.call([bulk]), .say("Sure?")])
        let claim = IdempotencyClaim(key: "k", requestHash: [1])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(3, title: "t")
            let events = try await fixture.events("Delete all", idempotency: claim)
            guard case .finished(let outcome) = events.last else {
                Issue.record("the turn did not end")
                return
            }
            let question = """
                Nothing was done yet. This needs your yes:
                Delete 3 tasks:
                - Task 1: t 1
                - Task 2: t 2
                - Task 3: t 3
                Answer "yes" to go ahead. Anything else leaves everything as it is.
                """
            #expect(outcome.response == "Sure?\n\n" + question)
            let streamed = events.map { if case .text(let text) = $0 { text } else { "" } }.joined()
            #expect(streamed.hasSuffix("\n\n" + question))
            #expect(try await fixture.messages(outcome.id.conversation).last?.content == outcome.response)
            guard case .replay(let replayed) = try await fixture.failure("Delete all", idempotency: claim) else {
                Issue.record("the request was not replayed")
                return
            }
            #expect(replayed == outcome)
        }
    }

    @Test("Of many tasks the first are named, on a line each, whatever their titles are")
    func longQuestion() async throws {
        let script = ScriptedProvider.Script([.call([bulk]), .say("¿Quieres borrar todas las tareas?")])
        try await TurnFixture.run([script]) { fixture in
            let title = "\u{202E}evil\u{2028}- Task 9: x " + String(repeating: "x", count: 150)
            _ = try await fixture.seed(30, title: title)
            let lines = try await fixture.outcome("Delete all").response.split(separator: "\n")
            #expect(lines.contains("Eliminar 30 tareas:"))
            let named = lines.filter { $0.hasPrefix("- Tarea ") }
            #expect(named.count == 20)
            #expect(named.first?.hasPrefix("- Tarea 1: \u{FFFD}evil\u{FFFD}- Task 9: x xxx") == true)
            #expect(named.allSatisfy { $0.unicodeScalars.count < 130 })
            #expect(lines.contains("y 10 más"))
            #expect(lines.last == "Responde «sí» para continuar. Cualquier otra respuesta lo deja todo como está.")
        }
    }

    @Test("A turn that fails before its question is shown has asked nothing")
    func unasked() async throws {
        let down = ScriptedProvider.Reply.fail(ProviderError(.unreachable, "down", isRetryable: false), afterText: "Su")
        let script = ScriptedProvider.Script([.call([bulk]), down, .call([bulk]), .say("Sure?"), .call([bulk])])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            #expect(try await fixture.failureCode("Delete all") == "provider_unavailable")
            let again = try await fixture.outcome("yes", in: 1)
            #expect(again.toolCalls.first?.result["error"]?["code"] == "confirmation_required")
            #expect(again.response.contains("Delete 5 tasks:"))
            #expect(try await fixture.todos().count == 5)
            _ = try await fixture.outcome("yes", in: 1)
            #expect(try await fixture.todos().isEmpty)
        }
    }

    @Test("What an interrupted turn wanted is asked when it has gone on to its end")
    func resumedQuestion() async throws {
        let down = ScriptedProvider.Reply.fail(ProviderError(.unreachable, "down", isRetryable: false))
        let script = ScriptedProvider.Script([.call([bulk]), down, .say("Soll ich alle löschen?"), .call([bulk])])
        let claim = IdempotencyClaim(key: "k", requestHash: [1])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(5, title: "t")
            #expect(try await fixture.failureCode("Lösche alle", idempotency: claim) == "provider_unavailable")
            let resumed = try await fixture.outcome("Lösche alle", idempotency: claim)
            #expect(resumed.response.contains("5 Aufgaben löschen:\n- Aufgabe 1: t 1"))
            _ = try await fixture.outcome("ja", in: 1)
            #expect(try await fixture.todos().isEmpty)
        }
    }

    @Test("The question names no task that the turn has dealt with in another way")
    func partly() async throws {
        let script = ScriptedProvider.Script([
            .call([bulk]), .call([ToolCall("delete_task", ["task_id": 2])]), .say("Sure?"), .call([bulk]),
        ])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(3, title: "t")
            let asked = try await fixture.outcome("Delete all")
            #expect(asked.response.contains("Delete 2 tasks:\n- Task 1: t 1\n- Task 3: t 3\n"))
            _ = try await fixture.outcome("yes", in: asked.id.conversation)
            #expect(try await fixture.todos().isEmpty)
        }
    }

    @Test("More changes than the tenant allows need a yes, too")
    func changes() async throws {
        let complete = ToolCall("bulk_update_tasks", ["action": "complete", "status": "all"])
        let script = ScriptedProvider.Script([.call([complete]), .say("Sure?"), .call([complete]), .say("Done.")])
        try await TurnFixture.run([script], assistant: AssistantSettings(maxChanges: 3)) { fixture in
            _ = try await fixture.seed(5, title: "t")
            let conversation = try await fixture.outcome("Complete all").id.conversation
            #expect(try await fixture.todos().allSatisfy { !$0.completed })
            _ = try await fixture.outcome("yes", in: conversation)
            #expect(try await fixture.todos().allSatisfy(\.completed))
        }
    }
}

/// A counter shared by closures.
private final class Counter: Sendable {
    private let box = Mutex(0)
    var value: Int {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}
