import JSON
import ProviderKit
import Testing

extension OfflineConversationTests {
    @Test func `Several tasks that fit are named with their ids, and the user chooses`() async throws {
        var chat = try await OfflineChat(OfflineTools("Team meeting", "Buy milk", "Meeting with Bob"))
        let question = try await chat.say("delete the meeting task")
        #expect(question.contains("- Task 1: Team meeting\n- Task 3: Meeting with Bob\nWhich one do you mean?"))
        #expect(chat.tools.rows.count == 3)
        #expect(try await chat.say("the second one") == "Deleted task 3: Meeting with Bob.")
        #expect(chat.tools.titles == ["Team meeting", "Buy milk"])
    }

    @Test(
        "A choice is made in many ways",
        arguments: [
            ("1", [1]), ("task 1", [1]), ("the first", [1]), ("the team one", [1]), ("both", [1, 3]),
            ("all of them", [1, 3]),
            ("1 and 3", [1, 3]), ("the last one", [3]), ("the one with Bob", [3]),
        ])
    func choices(_ text: String, _ completed: [Int]) async throws {
        var chat = try await OfflineChat(OfflineTools("Team meeting", "Buy milk", "Meeting with Bob"))
        try await chat.say("mark the meeting as done")
        try await chat.say(text)
        #expect(chat.tools.completed == completed)
    }

    @Test func `Another request after a question is just that`() async throws {
        var chat = try await OfflineChat(OfflineTools("Team meeting", "Buy milk", "Meeting with Bob"))
        try await chat.say("delete the meeting task")
        #expect(try await chat.say("add eggs") == "Added task 4: Eggs.")
        #expect(chat.tools.rows.count == 4)
    }

    @Test(
        "Slips of the pen still find the task",
        arguments: [
            "mark the grocreies task as done", "complete buy groceris", "I finished the groceries", "done with grocery",
        ])
    func typos(_ text: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy groceries"))
        let answer = try await chat.say(text)
        #expect(chat.tools.completed == [2], "\(answer)")
    }

    @Test func `A title that nothing fits changes nothing and says so`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy groceries"))
        let answer = try await chat.say("delete the dentist task")
        #expect(answer == "I found no task like \"dentist\", so I changed nothing.")
        #expect(chat.tools.rows.count == 2)
    }

    @Test func `A near miss is offered, and yes takes it`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy groceries"))
        let answer = try await chat.say("delete the groceries shopping trip")
        #expect(answer.contains("Did you mean:\n- Task 2: Buy groceries"))
        #expect(try await chat.say("yes") == "Deleted task 2: Buy groceries.")
    }
}
