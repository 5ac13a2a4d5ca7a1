import JSON
import ProviderKit
import Testing

@Suite("Groups of tasks and of changes with the offline adapter")
struct OfflineGroupTests {
    @Test("Everything but a task leaves that task alone, however it is named")
    func exceptions() async throws {
        for (text, left) in [
            ("complete everything except 1", [1]), ("mark all but 2 and 3 as done", [2, 3]),
            ("complete all tasks except the report", [4]), ("finish everything apart from tasks 1 and 4", [1, 4]),
        ] {
            var chat = try await OfflineChat(OfflineTools("Call mom", "Buy milk", "Buy eggs", "Write the report"))
            let answer = try await chat.say(text)
            #expect(Set(chat.tools.completed).union(left) == [1, 2, 3, 4], "\(text): \(answer)")
            #expect(chat.tools.completed.count == 4 - left.count)
        }
    }

    @Test("An exception that no task is, or several are, changes nothing")
    func unknownException() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy milk", "Buy bread"))
        #expect(try await chat.say("complete everything except 99").contains("There is no task 99."))
        #expect(try await chat.say("complete everything except the dentist").contains("I found no task like"))
        #expect(try await chat.say("complete everything except buy").contains("Which one do you mean?"))
        #expect(chat.tools.completed.isEmpty)
        // The answer names the exception, and not the task to complete.
        try await chat.say("2")
        #expect(chat.tools.completed == [1, 3])
    }

    @Test("Tasks without a due date are those without one")
    func withoutDueDate() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy milk"))
        try await chat.say("make task 1 due tomorrow")
        let answer = try await chat.say("which tasks have no due date?")
        #expect(answer == "You have 1 pending task without a due date:\n- Task 2: Buy milk")
        #expect(try await chat.say("show tasks with a due date").contains("- Task 1: Call mom"))
        try await chat.say("remove task 1's due date")
        #expect(chat.tools.rows[0].due == nil)
    }

    @Test("As many changes are undone as were asked for, and the rest stays")
    func severalUndone() async throws {
        var chat = try await OfflineChat(OfflineTools())
        for title in ["A", "B", "C", "D"] { try await chat.say("add \(title)") }
        #expect(try await chat.say("undo the last two").contains("task 4"))
        #expect(chat.tools.titles == ["A", "B"])
        let answer = try await chat.say("undo the last 3 changes")
        #expect(chat.tools.titles.isEmpty)
        #expect(answer.hasSuffix("There is nothing to undo."))
        #expect(try await chat.say("undo the last 50 changes").contains("I changed nothing"))
    }

    @Test("A deleted task comes back: by undo, or anew where other changes would be undone too")
    func restored() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk", "Call mom"))
        try await chat.say("delete the milk task")
        #expect(try await chat.say("bring back the milk task") == "Took back the last change of task 1 (Buy milk).")
        #expect(chat.tools.titles == ["Buy milk", "Call mom"])
        try await chat.say("show my tasks")
        try await chat.say("delete task 1")
        try await chat.say("add eggs")
        let answer = try await chat.say("restore the milk task")
        #expect(answer.hasSuffix("so I added the task anew. Added task 4: Buy milk."))
        #expect(chat.tools.titles == ["Call mom", "Eggs", "Buy milk"])
        // What this conversation has not deleted is not guessed.
        #expect(try await chat.say("bring back the gym task").contains("undo that"))
        #expect(try await chat.say("restore the milk task").contains("undo that"))
        #expect(chat.tools.rows.count == 3)
    }

    @Test("A change that another client made in between is not undone by bringing a task back")
    func restoredAfterAnother() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk", "Call mom"))
        try await chat.say("delete the milk task")
        _ = chat.tools.run("complete_task", ["task_id": 2])
        try await chat.say("bring the milk task back")
        #expect(chat.tools.titles == ["Call mom", "Buy milk"])
        #expect(chat.tools.log.suffix(3) == ["undo", "undo", "add_task"])
    }

    @Test(
        "A change that is asked for twice in one message is made and told once",
        arguments: [
            "reopen task 2", "Reopen task 2, I have not done it yet", "reopen task 2. It is not done yet.",
            "reopen 2 and reopen task 2",
        ])
    func once(_ text: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy milk"))
        try await chat.say("mark 2 done")
        #expect(try await chat.say(text) == "Reopened task 2: Buy milk.")
        #expect(chat.tools.log == ["complete_task", "complete_task"])
        #expect(chat.tools.completed.isEmpty)
    }

    @Test("A change and its opposite are both made")
    func opposite() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom"))
        try await chat.say("mark 1 done, reopen 1 and mark 1 done")
        #expect(chat.tools.log.count == 3)
        #expect(chat.tools.completed == [1])
    }

    @Test("A repeated call of another provider is told once")
    func repeatedByAnother() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom"))
        let calls = ["a", "b"].map {
            ToolCall(id: $0, name: "complete_task", arguments: ["task_id": 1, "completed": false])
        }
        let result = #"{"task_id":1,"status":"reopened","title":"Call mom"}"#
        chat.messages.append(.user("reopen task 1"))
        for call in calls {
            chat.messages += [
                .assistant(AssistantMessage(content: "", toolCalls: [call])),
                .tool(ToolResult(callID: call.id, tool: call.name, content: result)),
            ]
        }
        #expect(try await chat.step().completion.message.content == "Reopened task 1: Call mom.")
    }

    @Test(
        "A word for the kind of task that its title lacks does not hide it",
        arguments: [
            ("Move the dentist appointment to Friday", 1), ("reschedule the budget meeting to friday", 2),
            ("move the appointment with Dr. Weber to Friday", 3), ("move the milk reminder to friday", 4),
        ])
    func headNouns(_ text: String, _ id: Int) async throws {
        var chat = try await OfflineChat(OfflineTools("Dentist", "Budget review", "See Dr. Weber", "Buy milk"))
        let answer = try await chat.say(text)
        #expect(chat.tools.rows.filter { $0.due != nil }.map(\.id) == [id], "\(answer)")
    }

    @Test("A deletion asks where the title has another kind of task")
    func deletion() async throws {
        var chat = try await OfflineChat(OfflineTools("Team lunch", "Dentist"))
        #expect(try await chat.say("delete the team meeting").contains("Did you mean"))
        #expect(try await chat.say("cancel the dentist appointment") == "Deleted task 2: Dentist.")
        #expect(chat.tools.titles == ["Team lunch"])
    }
}
