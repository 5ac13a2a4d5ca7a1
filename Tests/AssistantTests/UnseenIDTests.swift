import Assistant
import JSON
import ProviderKit
import Tenants
import Testing
import TodoStore

@Suite(.timeLimit(.minutes(5))) struct UnseenIDTests {
    private static func call(_ name: String, _ arguments: JSONObject, id: String = "a") -> ScriptedProvider.Reply {
        .call([ToolCall(name, arguments, id: id)])
    }

    @Test(
        "An id that nobody has named is refused, and the tasks that may be meant are suggested",
        arguments: [
            ToolCall("delete_task", ["task_id": 1]), ToolCall("complete_task", ["task_id": 1]),
            ToolCall("update_task", ["task_id": 1, "title": "x"]),
            ToolCall("bulk_update_tasks", ["action": "complete", "task_ids": [1]]),
        ])
    func refuses(call: ToolCall) async throws {
        try await RuledFixture.run([.call([call]), .say("Which one?")], tasks: ["Water the plants", "Team lunch"]) {
            fixture in
            let outcome = try await fixture.outcome("Deal with the lunch somehow")
            let error = outcome.toolCalls[0].result["error"]
            #expect(error?["code"] == "unseen_id")
            #expect(error?["suggestions"]?.array?.contains { $0["title"] == "Team lunch" } == true)
            #expect(try await fixture.open() == ["Water the plants", "Team lunch"])
        }
    }

    @Test(
        "Numbers of the user's are known, in digits, in words and in ranges",
        arguments: ["Do it for task 2", "Mach es mit zwei", "Haz la dos", "From 1 to 3, you know", "1-3!", "#2"])
    func knowsWords(message: String) async throws {
        let call = Self.call("complete_task", ["task_id": 2])
        try await RuledFixture.run([call, .say("Ok.")], tasks: ["A", "B", "C"]) { fixture in
            let outcome = try await fixture.outcome(message)
            #expect(outcome.toolCalls[0].result["status"] == "completed")
        }
    }

    @Test("Ids of results are known, also from earlier turns and from suggestions")
    func knowsResults() async throws {
        let replies = [
            Self.call("list_tasks", [:]), .say("There."), Self.call("complete_task", ["task_id": 1]), .say("Ok."),
        ]
        try await RuledFixture.run(replies, tasks: ["A"]) { fixture in
            let first = try await fixture.outcome("Have a look around")
            let second = try await fixture.outcome("That is finished by now", in: first.id.conversation)
            #expect(second.toolCalls[0].result["status"] == "completed")
        }
    }

    @Test("A change to undo has to be known, and the id of a task is none")
    func undo() async throws {
        let replies = [
            Self.call("add_task", ["title": "Tea"]), .say("Added."),
            Self.call("undo", ["change_id": 1]), Self.call("undo", [:], id: "b"), .say("Undone."),
        ]
        try await RuledFixture.run(replies, tasks: ["A"]) { fixture in
            let first = try await fixture.outcome("Add tea")
            let second = try await fixture.outcome("Undo the last change", in: first.id.conversation)
            #expect(second.toolCalls.map { $0.result["error"]?["code"]?.string } == ["unseen_id", nil])
            #expect(try await fixture.open() == ["A"])
        }
    }
}
