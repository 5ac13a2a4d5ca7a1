import JSON
import ProviderKit
import Testing

@Suite("Counts of more tasks than a list can have")
struct OfflineCountTests {
    private func chat(_ count: Int, completed: Int = 0, high: Int = 0) async throws -> OfflineChat {
        var tools = OfflineTools()
        for number in 1...count {
            let priority = number <= high ? "high" : "medium"
            _ = tools.run("add_task", ["title": .string("Task \(number)"), "priority": .string(priority)])
            if number > count - completed { _ = tools.run("complete_task", ["task_id": .integer(number)]) }
        }
        return try await OfflineChat(tools)
    }

    @Test("They are counted by status and priority where these lists are short enough")
    func parts() async throws {
        var byStatus = try await chat(150, completed: 70)
        #expect(try await byStatus.say("how many tasks do I have?") == "You have 150 tasks, 80 of them pending.")
        var byPriority = try await chat(150, high: 60)
        #expect(try await byPriority.say("how many tasks are pending?") == "You have 150 pending tasks.")
        #expect(try await byPriority.say("how am I doing?").hasPrefix("You have 150 tasks: 150 pending"))
    }

    @Test("Else the number is a least one, also above a list, and after a change that may not be complete")
    func least() async throws {
        var chat = try await chat(130)
        #expect(try await chat.say("how many tasks do I have?") == "You have at least 100 tasks.")
        let list = try await chat.say("show my tasks")
        #expect(list.hasPrefix("You have at least 100 tasks:") && list.contains("There may be more"))
        #expect(try await chat.say("which tasks are overdue?").contains("There may be more"))
        #expect(try await chat.say("complete everything except 1").contains("There may be more"))
    }

    @Test("A hundred tasks, or fewer, are counted at once")
    func few() async throws {
        var chat = try await chat(99)
        #expect(try await chat.say("how many tasks do I have?") == "You have 99 tasks, 99 of them pending.")
        #expect(chat.tools.log.filter { $0 == "list_tasks" }.count == 1)
    }
}
