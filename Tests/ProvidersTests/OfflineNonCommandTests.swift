import JSON
import ProviderKit
import TestSupport
import Testing

@Suite("What is no request to the offline adapter")
struct OfflineNonCommandTests {
    @Test("There are enough of them in each language")
    func counts() {
        #expect(NonCommands.all.count >= 250)
        for language in ["en", "de", "es"] { #expect(NonCommands.all.count { $0.language == language } >= 60) }
    }

    @Test(
        "It changes nothing and is answered, in a new conversation and in one that speaks of a task",
        arguments: NonCommands.all)
    func unchanged(_ message: NonCommands.Message) async throws {
        for speaksOfTask in [false, true] {
            var tools = OfflineTools()
            for title in NonCommands.titles { _ = tools.run("add_task", ["title": .string(title)]) }
            for id in [2, 7, 10] { _ = tools.run("complete_task", ["task_id": .integer(id)]) }
            var chat = try await OfflineChat(tools)
            if speaksOfTask { try await chat.say("show task 3") }
            let (rows, calls) = (chat.tools.rows, chat.tools.log.count)
            let answer = try await chat.say(message.text)
            #expect(!answer.isEmpty)
            #expect(chat.tools.rows == rows, "\(answer)")
            let changing = ["add_task", "update_task", "complete_task", "delete_task", "bulk_update_tasks", "undo"]
            #expect(
                chat.tools.log.dropFirst(calls).allSatisfy { !changing.contains($0) },
                "\(chat.tools.log.dropFirst(calls))")
        }
    }
}
