import Foundation
import JSON
import ProviderKit
import Testing

@Suite("Bad input to the offline adapter")
struct OfflineBadInputTests {
    static let messages: [String] = [
        "", " ", "\n\n\t", "\u{0}\u{1}\u{7F}", "...", "?!?!", "''", "\"", "'''''", "#", "# #", "@", "-", "0",
        "999999999999999999999",
        "task", "delete", "mark", "mark as done", "change to", "change task 1 to", "add", "add:", "add ''", "rename",
        "and and and",
        ", , ,", "delete task 0", "delete task -1", "delete task 99999999999999999999999", "remind me to",
        "remind me at to",
        "tag as", "undo change x", "move to Friday", "\u{202E}add milk", "add \u{200D}", "مرحبا أضف مهمة", "タスクを追加",
        "e\u{301}\u{301}\u{301}", "👨‍👩‍👧‍👦", "add 👨‍👩‍👧‍👦", "mark 👍 done", "\u{FEFF}help", "complete 1-100000", "complete 5-1",
    ]

    @Test("Whatever is sent gets an answer or sane calls", arguments: messages)
    func anything(_ text: String) async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk", "Call mom"))
        let answer = try await chat.say(text)
        #expect(!answer.isEmpty)
        #expect(chat.tools.rows.count >= 2 || text.contains("delete"))
    }

    static let longs: [String] = [
        String(repeating: "a", count: 5000), String(repeating: "a ", count: 2500), String(repeating: "'", count: 5000),
        String(repeating: "' ", count: 2500), String(repeating: "and ", count: 1250),
        String(repeating: "mark 1 done and ", count: 300), "add " + String(repeating: "milk and ", count: 500),
        "change " + String(repeating: "to ", count: 1600), "delete " + String(repeating: "the ", count: 1200),
        String(repeating: "add milk tomorrow at 5 pm, ", count: 180), String(repeating: "#a ", count: 1600),
        "remind me " + String(repeating: "on friday ", count: 490), String(repeating: "🎂", count: 5000),
        "show " + String(repeating: "all my tasks ", count: 380), String(repeating: "every monday and ", count: 290),
        "mark " + String(repeating: "1, ", count: 1600) + "done", String(repeating: "\n", count: 5000),
    ]

    @Test("Long messages are bounded work", arguments: longs)
    func long(_ text: String) async throws {
        let (calls, answer) = try await OfflineChat().firstCalls(text)
        #expect(calls.count <= 16)
        #expect(!calls.isEmpty || !answer.isEmpty)
        #expect(answer.count < 2000)
    }

    @Test func `Too much at once is refused as a whole`() async throws {
        let many = Array(repeating: "add milk", count: 12).joined(separator: " and ")
        let (calls, answer) = try await OfflineChat().firstCalls(many)
        #expect(calls.isEmpty)
        #expect(answer.contains("I changed nothing"))
    }

    @Test(
        "Results that make no sense are told, not guessed at",
        arguments: [
            "", "null", "[]", "{}", "42", "not json", #"{"error":"boom"}"#, #"{"error":{}}"#, #"[{"title":"x"}]"#,
        ])
    func badResults(_ content: String) async throws {
        for text in [
            "show my tasks", "delete task 1", "delete the milk task", "add milk", "undo", "show task 1",
            "tag task 1 as x",
        ] {
            var chat = try await OfflineChat()
            chat.messages.append(.user(text))
            var answer = ""
            for _ in 0..<6 where answer.isEmpty {
                let message = try await chat.step().completion.message
                answer = message.content
                chat.messages.append(.assistant(message))
                for call in message.toolCalls {
                    chat.messages.append(.tool(ToolResult(callID: call.id, tool: call.name, content: content)))
                }
            }
            #expect(!answer.isEmpty, "\(text)")
        }
    }

    @Test func `Histories that fit nothing are no harm`() async throws {
        let stray = ToolResult(callID: "x", tool: "list_tasks", content: "[]")
        let histories: [[ChatMessage]] = [
            [], [.system("x")], [.assistant(AssistantMessage(content: "hi"))], [.tool(stray)],
            [.tool(stray), .user("delete it")], [.user("a"), .user("show my tasks"), .tool(stray)],
        ]
        for history in histories {
            var chat = try await OfflineChat()
            chat.messages = history
            let message = try await chat.step().completion.message
            #expect(!message.content.isEmpty || !message.toolCalls.isEmpty)
        }
    }
}
