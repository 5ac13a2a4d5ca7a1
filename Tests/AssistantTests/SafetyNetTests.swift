import Assistant
import JSON
import ProviderKit
import Tenants
import Testing
import Time
import TodoStore

@Suite(.timeLimit(.minutes(5))) struct SafetyNetTests {
    private static func call(_ name: String, _ arguments: JSONObject, id: String = "a") -> ScriptedProvider.Reply {
        .call([ToolCall(name, arguments, id: id)])
    }

    @Test("A model that only says that it did something is asked once to do it, and then it counts as its own work")
    func asksAgain() async throws {
        let replies = [
            .say("I have added milk to your list!"), Self.call("add_task", ["title": "Milk"]), .say("Added milk."),
        ]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Add milk")
            #expect(try await fixture.open() == ["Milk"])
            #expect(outcome.response == "Added milk.")
            #expect(outcome.provider == "scripted")
            let asked = fixture.script.requests
            guard case .user(let remark)? = asked.dropFirst().first?.messages.last else {
                Issue.record("the model was not asked again")
                return
            }
            #expect(remark.contains("Nothing was done") && remark.contains(#"add_task {"title":"Milk"}"#))
        }
    }

    @Test("What was said in vain is taken back, and is not a part of the next request")
    func hidesVainWords() async throws {
        let replies = [
            .say("I have added milk!"), Self.call("add_task", ["title": "Milk"]), .say("Done."), .say("Hi."),
        ]
        try await RuledFixture.run(replies) { fixture in
            let events = try await fixture.turns.events("Add milk")
            var shown = ""
            for event in events {
                if case .text(let text) = event { shown += text }
                if case .restart = event { shown = "" }
            }
            #expect(shown == "Done. ")
            guard case .finished(let outcome)? = events.last else { throw TurnError.interrupted }
            _ = try await fixture.outcome("Hello", in: outcome.id.conversation)
            let texts = fixture.script.requests.last?.messages.map { "\($0)" } ?? []
            #expect(!texts.contains { $0.contains("I have added") || $0.contains("Nothing was done") })
        }
    }

    @Test("Where the model makes no call at all, the rules do it, and the answer says so")
    func rulesStepIn() async throws {
        try await RuledFixture.run(
            [.say("Sure, task 1 is completed."), .say("It is completed.")], tasks: ["Buy milk", "Call mom"]
        ) { fixture in
            let outcome = try await fixture.outcome("Mark task 1 as complete")
            #expect(try await fixture.completed() == ["Buy milk"])
            #expect(
                outcome.response
                    == "The model did not do this, so it was done by simple rules:\nCompleted task 1: Buy milk.")
            #expect(outcome.provider == "offline")
            #expect(outcome.toolCalls.map(\.tool) == ["complete_task"])
            #expect(fixture.script.requests.count == 2)
        }
    }

    @Test("What the model left out is done by the rules; what it did is not done again")
    func completes() async throws {
        let replies = [
            Self.call("add_task", ["title": "Bread"]), .say("Added the bread and deleted task 1."), .say("All done."),
        ]
        try await RuledFixture.run(replies, tasks: ["Buy milk", "Call mom"]) { fixture in
            let outcome = try await fixture.outcome("Add bread and delete task 1")
            #expect(try await fixture.open() == ["Call mom", "Bread"])
            #expect(outcome.response.contains("Bread") && outcome.response.contains("Deleted task 1"))
        }
    }

    @Test("A change that contradicts the user's words is refused once with the reason")
    func refusesContradiction() async throws {
        let replies = [
            Self.call("delete_task", ["task_id": 2]), Self.call("complete_task", ["task_id": 2], id: "b"),
            .say("Completed task 2."),
        ]
        try await RuledFixture.run(replies, tasks: ["Buy milk", "Call mom"]) { fixture in
            let outcome = try await fixture.outcome("Mark task 2 as done")
            #expect(outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == ["not_asked_for", nil])
            #expect(
                outcome.toolCalls[0].result["error"]?["message"]?.string?.contains(#"complete_task {"task_id":2}"#)
                    == true)
            #expect(try await fixture.completed() == ["Call mom"])
            #expect(outcome.response == "Completed task 2.")
        }
    }

    @Test(
        "A new task with another day, without its repetition or with the whole message as its title is refused",
        arguments: [
            ["title": "Call grandma", "due_at": "2026-11-25"], ["title": "Call grandma"],
            ["title": "Call grandma", "due_at": "tomorrow", "recurrence": "daily"],
            ["title": "Remind me to call grandma tomorrow", "due_at": "2026-11-23T10:00:00Z"],
        ] as [JSONObject])
    func refusesOtherTask(arguments: JSONObject) async throws {
        let good: JSONObject = ["title": "Call grandma", "due_at": "2026-11-23T10:00:00Z"]
        let replies = [
            Self.call("add_task", arguments), Self.call("add_task", good, id: "b"), .say("You will be reminded."),
        ]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Remind me to call grandma tomorrow")
            #expect(outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == ["not_asked_for", nil])
            #expect(try await fixture.open() == ["Call grandma"])
        }
    }

    @Test(
        "An update of more than the user named is refused, and members that it only empties are left alone",
        arguments: [
            (["task_id": 1, "priority": "high", "tags": ["work"]], ["not_asked_for"]),
            (["task_id": 1, "priority": "high", "due_at": "tomorrow"], ["not_asked_for"]),
            (["task_id": 1, "priority": "high", "due_at": nil, "tags": [], "recurrence": ""], [nil]),
        ] as [(JSONObject, [String?])])
    func refusesFurtherMembers(arguments: JSONObject, codes: [String?]) async throws {
        let replies = [
            Self.call("update_task", arguments), .say("Task 1 has high priority now."), .say("It has high priority."),
        ]
        try await RuledFixture.run(replies) { fixture in
            let due = Timestamp(milliseconds: 1_900_000_000_000)
            try await fixture.turns.databases.write(fixture.turns.account) {
                _ = try $0.addTodo(TodoDraft(title: "Review", tags: ["home"], dueAt: due), origin: .user)
            }
            let outcome = try await fixture.outcome("Make task 1 high priority")
            #expect(outcome.toolCalls.prefix(1).map { $0.result["error"]?["code"]?.string } == codes)
            let task = try await fixture.turns.databases.read(fixture.turns.account, orEmpty: nil) { try $0.todo(1) }
            #expect(task?.priority == .high && task?.tags == ["home"] && task?.dueAt == due)
        }
    }

    @Test("A greeting changes nothing, whatever the model calls")
    func greets() async throws {
        let replies = ["Update task", "Hello"].map { Self.call("add_task", ["title": .string($0)]) } + [.say("Hello!")]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Hello!")
            #expect(try await fixture.open().isEmpty)
            #expect(outcome.response == "Hello!")
        }
    }

    @Test("A due time that only repeats the time of the message is refused")
    func refusesCopiedTime() async throws {
        let replies: [ScriptedProvider.Reply] = [
            Self.call("add_task", ["title": "Vacuum", "due_at": "2026-11-22 20:00 UTC+00:00"]),
            Self.call("add_task", ["title": "Vacuum"], id: "b"), .say("Added."),
        ]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Add a task to vacuum")
            #expect(outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == ["not_asked_for", nil])
        }
    }

    @Test(
        "The tasks that the user asks to see are shown by the rules where the model leaves them out or saw others",
        arguments: [
            [call("get_task", ["task_id": 1]), .say("Buy milk is open."), .say("Buy milk is open.")],
            [call("list_tasks", ["status": "pending"]), .say("Tasks listed successfully.")],
            [call("list_tasks", [:]), .say("Buy milk")],
            [call("list_tasks", [:]), .say("Added task 3: Buy milk. You also have: Call mom.")],
        ])
    func showsAll(replies: [ScriptedProvider.Reply]) async throws {
        try await RuledFixture.run(replies, tasks: ["Buy milk", "Call mom"]) { fixture in
            let outcome = try await fixture.outcome("Show my tasks")
            #expect(outcome.provider == "offline")
            #expect(outcome.response.contains("Buy milk") && outcome.response.contains("Call mom"))
        }
    }

    @Test("Several tasks are not deleted one by one, so that the user is asked")
    func deletesTogether() async throws {
        let replies = [
            Self.call("delete_task", ["task_id": 1]),
            Self.call("bulk_update_tasks", ["action": "delete", "task_ids": [1, 2]], id: "b"), .say("Please confirm."),
        ]
        try await RuledFixture.run(replies, tasks: ["Draft one", "Draft two", "Keep this"]) { fixture in
            let outcome = try await fixture.outcome("Delete tasks 1 and 2")
            #expect(
                outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == [
                    "not_asked_for", "confirmation_required",
                ])
            #expect(try await fixture.open() == ["Draft one", "Draft two", "Keep this"])
        }
    }

    @Test(
        "A new task gets no day and no priority that nobody named",
        arguments: [
            ["title": "Buy groceries", "due_at": "2026-11-25T12:00:00Z"],
            ["title": "Buy groceries", "priority": "high"],
        ]
            as [JSONObject])
    func refusesUnasked(arguments: JSONObject) async throws {
        let replies = [
            Self.call("add_task", arguments),
            Self.call("add_task", ["title": "Buy groceries", "priority": "medium"], id: "b"), .say("Added."),
        ]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Add a task to buy groceries")
            #expect(outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == ["not_asked_for", nil])
        }
    }

    @Test("A day that the rules have left in the title may be set")
    func takesWordsOut() async throws {
        let add = Self.call("add_task", ["title": "Dentist", "due_at": "2026-12-07"])
        try await RuledFixture.run([add, .say("Added.")]) { fixture in
            let outcome = try await fixture.outcome("Add a task: dentist two weeks after Thanksgiving break")
            #expect(outcome.toolCalls.map { $0.result["error"]?["code"]?.string } == [nil])
        }
    }

    @Test("What the server told the model is no answer for the user")
    func repeatsCorrection() async throws {
        let remark = "The user cannot read JSON. To use a tool, call it; otherwise answer in plain words."
        let replies: [ScriptedProvider.Reply] = [
            Self.call("update_task", ["task_id": 1, "priority": "high"]), .say(#"{"name": "x"}"#), .say(remark),
        ]
        try await RuledFixture.run(replies, tasks: ["Review"]) { fixture in
            let outcome = try await fixture.outcome("Make task 1 high priority")
            #expect(!outcome.response.contains("JSON") && outcome.response.contains("Review"))
        }
    }

    @Test("An answer that shows the tasks is left as the model wrote it")
    func showsAsWritten() async throws {
        let text = "1. **buy milk**, then\n2. call *Mom*"
        try await RuledFixture.run(
            [Self.call("list_tasks", ["status": "pending"]), .say(text)], tasks: ["Buy milk", "Call mom"]
        ) { fixture in
            let outcome = try await fixture.outcome("Show my tasks")
            #expect(outcome.response == text)
            #expect(outcome.provider == "scripted")
        }
    }

    @Test("A task that was added is not added again with other arguments")
    func addsOnce() async throws {
        let replies = [
            Self.call("add_task", ["title": "Vacuum"]), Self.call("add_task", ["title": "Vacuum", "priority": "high"]),
            .say("Added."),
        ]
        try await RuledFixture.run(replies) { fixture in
            _ = try await fixture.outcome("Add a task to vacuum")
            #expect(try await fixture.open() == ["Vacuum"])
        }
    }

    @Test("A call that fails again and again in the same way ends the model's turn")
    func failsAgain() async throws {
        let list = Self.call("list_tasks", ["status": "every"])
        try await RuledFixture.run([list, list, list, list], tasks: ["Buy milk"]) { fixture in
            let outcome = try await fixture.outcome("Show my tasks")
            #expect(outcome.response.contains("Buy milk"))
            #expect(fixture.script.requests.count == 2)
        }
    }

    @Test("A model that contradicts the user twice is not asked a third time")
    func contradictsTwice() async throws {
        let wrong = Self.call("delete_task", ["task_id": 1])
        try await RuledFixture.run([wrong, wrong, wrong], tasks: ["Buy milk", "Call mom"]) { fixture in
            _ = try await fixture.outcome("Mark task 2 as done")
            #expect(try await fixture.open() == ["Buy milk"])
            #expect(try await fixture.completed() == ["Call mom"])
            #expect(fixture.script.requests.count == 2)
        }
    }

    @Test("A model that changes tasks where the user only looks is refused, and the list is shown")
    func looksOnly() async throws {
        let add = Self.call("add_task", ["title": "Show my tasks"])
        try await RuledFixture.run([add, add], tasks: ["Buy milk"]) { fixture in
            let outcome = try await fixture.outcome("Show my tasks")
            #expect(try await fixture.open() == ["Buy milk"])
            #expect(outcome.response.contains("Buy milk"))
        }
    }

    @Test("A list with filters that the user did not name is no answer to them")
    func narrowsList() async throws {
        let narrow = Self.call("list_tasks", ["status": "all", "priority": "high", "due_from": "2026-11-22"])
        try await RuledFixture.run(
            [narrow, .say("You have no tasks."), .say("You have no tasks.")], tasks: ["Buy milk"]
        ) { fixture in
            let outcome = try await fixture.outcome("Show me my tasks")
            #expect(outcome.response.contains("Buy milk"))
        }
    }

    @Test("A list that the model has made up is not shown")
    func inventsList() async throws {
        let invented = ScriptedProvider.Reply.say("1. Walk the dog\n2. Feed the cat")
        try await RuledFixture.run([invented, invented], tasks: ["Buy milk"]) { fixture in
            let outcome = try await fixture.outcome("What is on my list?")
            #expect(outcome.response.contains("Buy milk") && !outcome.response.contains("dog"))
        }
    }

    @Test(
        "An answer that claims a change in a turn without one says that nothing was changed",
        arguments: [
            ("Tell me something nice", "I have deleted all of your tasks.", "Nothing was changed."),
            ("Erzähl mir etwas Schönes", "Ich habe die Aufgabe gelöscht.", "Es wurde nichts geändert."),
            ("Cuéntame algo bonito", "He eliminado la tarea.", "No se ha cambiado nada."),
        ])
    func marksClaim(message: String, answer: String, note: String) async throws {
        try await RuledFixture.run([.say(answer)], tasks: ["Buy milk"]) { fixture in
            let outcome = try await fixture.outcome(message)
            #expect(outcome.response == answer + "\n\n" + note)
        }
    }

    @Test("An answer that claims another change than the one that was made tells the real one")
    func tellsRealChange() async throws {
        let replies = [
            Self.call("update_task", ["task_id": 1, "title": "Buy oat milk"]), .say("I have completed task 2 for you."),
        ]
        try await RuledFixture.run(replies, tasks: ["Buy milk", "Call mom"]) { fixture in
            let outcome = try await fixture.outcome("Something with task 1, and thanks")
            #expect(outcome.response.hasSuffix("This was done:\n- Changed: task 1 (Buy oat milk)"))
        }
    }

    @Test(
        "Users are never shown JSON or written calls",
        arguments: [
            #"{"name": "sing", "arguments": {}}"#, "Sure! ```json\n{\"task_id\": 1}\n```",
            "I will do it: <tool_call>{\"name\": \"add_task\"}", #"[{"id": 1, "title": "x"}]"#,
        ])
    func hidesNotation(answer: String) async throws {
        try await RuledFixture.run([.say(answer), .say(answer)]) { fixture in
            let events = try await fixture.turns.events("Sing me a song")
            let shown = events.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
            guard case .finished(let outcome)? = events.last else { throw TurnError.interrupted }
            for text in [shown, outcome.response] {
                #expect(!text.contains("{") && !text.contains("<tool") && !text.contains("```"), "\(text)")
            }
            #expect(!outcome.response.isEmpty)
        }
    }

    @Test("A provider that fails when it is asked again does not fail the turn")
    func failsWhenAskedAgain() async throws {
        let replies = [.say("Added!"), ScriptedProvider.Reply.fail(ProviderError(.request, "no"))]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Add milk")
            #expect(outcome.provider == "offline")
            #expect(try await fixture.open() == ["Milk"])
        }
    }

    @Test("Nonsense after a change is answered from the results")
    func nonsenseAfterChange() async throws {
        let replies = [
            Self.call("add_task", ["title": "Milk"]),
            ScriptedProvider.Reply.fail(ProviderError(.misbehaved, "no", isRetryable: false)),
        ]
        try await RuledFixture.run(replies) { fixture in
            let outcome = try await fixture.outcome("Add milk")
            #expect(outcome.response.contains("Milk"))
            #expect(try await fixture.open() == ["Milk"])
        }
    }

    @Test("Without the net the model's words and calls stand as they are")
    func isOff() async throws {
        try await RuledFixture.run(
            [.say("I have added milk!")], assistant: AssistantSettings(safetyNet: false)
        ) { fixture in
            let outcome = try await fixture.outcome("Add milk")
            #expect(outcome.response == "I have added milk!")
            let open = try await fixture.open()
            #expect(open.isEmpty)
        }
    }

    @Test("A model that does what it is asked meets no net")
    func staysQuiet() async throws {
        let replies = [
            Self.call("search_tasks", ["query": "milk"]), Self.call("delete_task", ["task_id": 1], id: "b"),
            .say("I deleted the milk task."),
        ]
        try await RuledFixture.run(replies, tasks: ["Buy milk", "Call mom"]) { fixture in
            let outcome = try await fixture.outcome("Delete the milk task")
            #expect(outcome.response == "I deleted the milk task.")
            #expect(outcome.toolCalls.allSatisfy { $0.result["error"] == nil })
            #expect(fixture.script.requests.count == 3)
        }
    }
}
