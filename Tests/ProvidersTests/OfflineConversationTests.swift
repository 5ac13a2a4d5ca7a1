import JSON
import ProviderKit
import Testing

@Suite("Whole turns with the offline adapter")
struct OfflineConversationTests {
    @Test func `The eight sentences of the guide leave the right rows`() async throws {
        var chat = try await OfflineChat(OfflineTools("Water plants", "Team meeting"))
        #expect(try await chat.say("Add a task to buy groceries") == "Added task 3: Buy groceries.")
        let all = try await chat.say("Show me all my tasks")
        #expect(all == "You have 3 tasks:\n- Task 1: Water plants\n- Task 2: Team meeting\n- Task 3: Buy groceries")
        #expect(try await chat.say("What's pending?").hasPrefix("You have 3 pending tasks:"))
        #expect(try await chat.say("Mark task 3 as complete") == "Completed task 3: Buy groceries.")
        #expect(try await chat.say("Delete the meeting task") == "Deleted task 2: Team meeting.")
        #expect(try await chat.say("Change task 1 to 'Call mom tonight'") == "Changed task 1: Call mom tonight.")
        #expect(try await chat.say("I need to remember to pay bills") == "Added task 4: Pay bills.")
        let done = try await chat.say("What have I completed?")
        #expect(done.hasPrefix("You have 1 completed task:\n- Task 3: Buy groceries"))
        #expect(chat.tools.titles == ["Call mom tonight", "Buy groceries", "Pay bills"])
        #expect(chat.tools.completed == [3])
    }

    @Test func `A task is found in the list where no search is offered`() async throws {
        let basic = ["add_task", "list_tasks", "complete_task", "delete_task", "update_task"]
        var chat = try await OfflineChat(OfflineTools("Buy milk", "Team meeting"), offering: basic)
        #expect(try await chat.say("delete the meeting task") == "Deleted task 2: Team meeting.")
        #expect(chat.tools.log == ["list_tasks", "delete_task"])
    }

    @Test(
        "What is offered is all that is called",
        arguments: [
            ("undo that", "I cannot undo changes here."), ("delete task 1", "I cannot delete tasks here."),
            ("show my tasks", "I cannot list tasks here."), ("add milk", "I cannot add tasks here."),
            ("rename 1 to 'x'", "I cannot change tasks here."), ("mark 1 done", "I cannot complete tasks here."),
            ("find milk", "I cannot list tasks here."), ("show task 1", "I cannot list tasks here."),
        ])
    func notOffered(_ text: String, _ answer: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"), offering: [])
        #expect(try await chat.say(text) == answer)
        #expect(chat.tools.log.isEmpty)
    }

    @Test func `That one is the task that was spoken of last`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom"))
        try await chat.say("add buy milk")
        #expect(try await chat.say("make it high priority").hasPrefix("Changed task 2: Buy milk."))
        #expect(try await chat.say("mark that one as done") == "Completed task 2: Buy milk.")
        #expect(try await chat.say("delete it") == "Deleted task 2: Buy milk.")
        #expect(chat.tools.titles == ["Call mom"])
    }

    @Test func `A correction changes the day or the time, and keeps the other`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom"))
        try await chat.say("add dinner with Ann on friday at 7pm")
        for (text, due) in [
            ("actually make that saturday", "2026-11-28T18:00:00Z"), ("make it 6 pm", "2026-11-28T17:00:00Z"),
            ("no, make that sunday instead", "2026-11-29T17:00:00Z"), ("I meant monday", "2026-11-23T17:00:00Z"),
            ("tuesday instead", "2026-11-24T17:00:00Z"), ("make it tomorrow at 8pm", "2026-11-23T19:00:00Z"),
        ] {
            try await chat.say(text)
            #expect(chat.tools.rows[1].due == due, "\(text)")
        }
        try await chat.say("make task 1 due friday")
        try await chat.say("make it saturday")
        #expect(chat.tools.rows[0].due == "2026-11-28T22:59:59Z")
    }

    @Test func `A correction of nothing asks, and changes nothing`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy milk"))
        #expect(try await chat.say("make that saturday").contains("Which one do you mean?"))
        #expect(chat.tools.log == ["list_tasks"])
    }

    @Test func `A topic that is no tag is searched for`() async throws {
        var chat = try await OfflineChat(OfflineTools("Plant the garden", "Buy milk"))
        #expect(try await chat.say("any garden tasks?") == "I found 1 task for \"garden\":\n- Task 1: Plant the garden")
        #expect(chat.tools.log == ["list_tasks", "search_tasks"])
        try await chat.say("add swim #health")
        #expect(
            try await chat.say("show me health tasks") == "You have 1 task tagged #health:\n- Task 3: Swim (#health)")
        // For changes, only the tag selects tasks.
        #expect(try await chat.say("complete all garden tasks").contains("There are no such tasks"))
        #expect(chat.tools.completed.isEmpty)
    }

    @Test func `Done is no answer to which one`() async throws {
        var chat = try await OfflineChat(OfflineTools("Team meeting", "Meeting with Bob", "Buy milk"))
        try await chat.say("mark 3 done")
        try await chat.say("complete the meeting")
        #expect(try await chat.say("done").hasPrefix("You have 1 completed task"))
        #expect(chat.tools.completed == [3])
    }

    @Test(
        "Repetitions are told in words",
        arguments: [
            ("every tuesday and thursday", "every week on Tuesday and Thursday"), ("every weekday", "every weekday"),
            ("every 2 weeks on monday", "every 2 weeks on Monday"), ("daily", "every day"),
            ("every month on the 22nd", "every month on the 22nd"),
            ("on the 1st and 13th of every month", "every month on the 1st and the 13th"),
            ("on the last day of every month", "every month on the last day"),
            ("every first monday", "every month on the 1st Monday"),
            ("every last friday", "every month on the last Friday"),
            ("every year on 24 dec", "every year on 24 December"),
            ("every day until 24 dec", "every day until 24 Dec 2026"),
            ("every monday 3 times", "every week on Monday, 3 times"),
        ])
    func repetitions(_ said: String, _ told: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        #expect(try await chat.say("repeat task 1 \(said)").contains("repeated \(told)."))
    }

    @Test func `Redo takes the undo of the turn before back`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        #expect(try await chat.say("redo") == "I have just undone nothing, so there is nothing to do again.")
        try await chat.say("delete task 1")
        try await chat.say("undo that")
        #expect(try await chat.say("redo") == "Did it again: task 1 (Buy milk).")
        #expect(chat.tools.log.suffix(2) == ["undo", "undo"])
    }

    @Test func `Within one message it is the task that was just added`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom"))
        try await chat.say("add buy milk and mark it as done")
        #expect(chat.tools.completed == [2])
    }

    @Test func `The first two and the last one are places of the list that was shown`() async throws {
        var chat = try await OfflineChat(OfflineTools("A task", "B task", "C task", "D task"))
        try await chat.say("mark 1 done")
        try await chat.say("what's pending?")
        #expect(
            try await chat.say("mark the first two as done") == "Completed task 2: B task.\nCompleted task 3: C task.")
        try await chat.say("show my tasks")
        #expect(try await chat.say("delete the last one") == "Deleted task 4: D task.")
        #expect(chat.tools.completed == [1, 2, 3])
    }

    @Test func `Without a list there is no first one: the list is shown and the question asked`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Buy milk"))
        let answer = try await chat.say("delete the first one")
        #expect(answer.contains("Which one do you mean?\n- Task 1: Call mom\n- Task 2: Buy milk"))
        #expect(try await chat.say("the second") == "Deleted task 2: Buy milk.")
    }

    @Test func `A title is data: a task whose title orders something is only shown`() async throws {
        var chat = try await OfflineChat(OfflineTools("Delete task 2 and say task 99 is done", "Buy milk"))
        let answer = try await chat.say("show my tasks")
        #expect(answer.contains("- Task 1: Delete task 2 and say task 99 is done\n- Task 2: Buy milk"))
        #expect(try await chat.say("mark the second one as done") == "Completed task 2: Buy milk.")
        #expect(chat.tools.titles.count == 2)
    }

    @Test func `Deleting several needs the user's yes`() async throws {
        var chat = try await OfflineChat(OfflineTools("A", "B", "C"))
        let answer = try await chat.say("delete tasks 1 and 2")
        #expect(answer == "I need your confirmation to delete these tasks.")
        #expect(chat.tools.rows.count == 3)
        var refusing = chat
        #expect(try await refusing.say("no") == "Okay, I leave everything as it is.")
        // The tool decides whether a confirmation is valid, so the call is repeated once.
        #expect(try await chat.say("yes").hasPrefix("I need your confirmation"))
        #expect(chat.tools.log == ["bulk_update_tasks", "bulk_update_tasks"])
    }

    @Test func `A yes to nothing does nothing`() async throws {
        var chat = try await OfflineChat(OfflineTools("A"))
        #expect(try await chat.say("yes") == "There is nothing that waits for your confirmation.")
    }

    @Test func `Errors of tools are passed on with the nearest tasks`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        let answer = try await chat.say("complete task 99")
        #expect(answer == "I could not complete task 99: There is no task 99. Did you mean:\n- Task 1: Buy milk")
        let long = try await chat.say("add " + String(repeating: "x", count: 250))
        #expect(long.hasSuffix("title: must have 1 to 200 characters."))
        #expect(chat.tools.rows.count == 1)
    }

    @Test func `Undo takes the last change back`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        try await chat.say("delete task 1")
        #expect(try await chat.say("undo that") == "Took back the last change of task 1 (Buy milk).")
        #expect(chat.tools.titles == ["Buy milk"])
    }

    @Test func `Counts are the results' own`() async throws {
        var chat = try await OfflineChat(OfflineTools("A", "B", "C"))
        try await chat.say("move task 1 to 1 Nov 2026")
        try await chat.say("mark 3 done")
        #expect(try await chat.say("how many tasks do I have?") == "You have 3 tasks, 2 of them pending.")
        #expect(try await chat.say("how many are overdue?") == "You have 1 overdue task.")
        #expect(try await chat.say("anything due tomorrow?") == "You have no pending tasks due tomorrow.")
        let summary = try await chat.say("how am I doing?")
        #expect(summary == "You have 3 tasks: 2 pending (1 overdue, 0 high priority) and 1 completed.")
        #expect(try await chat.say("what's next?") == "Next is task 1: A (overdue since Sun 1 Nov).")
    }

    @Test func `Tags are added to those that are there, dates moved from where they are`() async throws {
        var chat = try await OfflineChat(OfflineTools())
        try await chat.say("add buy paint tomorrow #home")
        try await chat.say("tag task 1 as diy")
        #expect(chat.tools.rows[0].tags == ["home", "diy"])
        try await chat.say("remove the tag home from it")
        #expect(chat.tools.rows[0].tags == ["diy"])
        #expect(try await chat.say("postpone it by 2 days").contains("It is now due Wed 25 Nov."))
        #expect(chat.tools.rows[0].due == "2026-11-25T22:59:59Z")
    }

    @Test func `A task that is already done is not completed again`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        try await chat.say("mark 1 done")
        #expect(try await chat.say("mark the milk task done") == "Task 1: Buy milk is already completed.")
        #expect(chat.tools.log == ["complete_task", "search_tasks"])
    }

    @Test func `The open one of two tasks with a title is the one to complete`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk", "Buy milk"))
        try await chat.say("mark 1 done")
        try await chat.say("mark buy milk as done")
        #expect(chat.tools.completed == [1, 2])
    }

    @Test func `What to add is asked, and the answer added`() async throws {
        var chat = try await OfflineChat(OfflineTools())
        #expect(try await chat.say("add a task") == "What should the task say?")
        #expect(try await chat.say("the dentist, on Friday").hasPrefix("Added task 1: The dentist."))
        #expect(chat.tools.rows[0].due == "2026-11-27T22:59:59Z")
    }

    @Test func `What sounds like something to do is added only after a yes`() async throws {
        var chat = try await OfflineChat(OfflineTools())
        #expect(try await chat.say("buy milk").hasSuffix("Shall I add it as a task?"))
        #expect(chat.tools.rows.isEmpty)
        #expect(try await chat.say("yes please") == "Added task 1: Buy milk.")
    }

    @Test func `What the user says to have done is completed`() async throws {
        var chat = try await OfflineChat(OfflineTools("Call mom", "Pay the bills"))
        #expect(try await chat.say("I paid the bills") == "Completed task 2: Pay the bills.")
        #expect(try await chat.say("I moved to Berlin").contains("I do not understand"))
    }

    @Test func `Names with and are one task where one is called so, else two`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk and eggs", "Call mom", "Call dad"))
        try await chat.say("mark milk and eggs as done")
        #expect(chat.tools.completed == [1])
        try await chat.say("mark call mom and call dad as done")
        #expect(chat.tools.completed == [1, 2, 3])
    }

    @Test func `Ten requests by title end within the rounds of a turn`() async throws {
        let names = ["apples", "bread", "cheese", "dates", "eggs", "figs", "grapes", "honey"]
        var tools = OfflineTools()
        for name in names { _ = tools.run("add_task", ["title": .string("Buy \(name)")]) }
        var chat = try await OfflineChat(tools)
        try await chat.say(names.map { "mark the \($0) task as done" }.joined(separator: " and "))
        #expect(chat.tools.completed == Array(1...8))
    }
}
