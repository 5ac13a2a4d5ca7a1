import Foundation
import JSON
package import ProviderKit

/// Requests to the offline adapter that take the most work.
package enum HostileConversation {
    package static let tools = [
        "add_task", "list_tasks", "get_task", "update_task", "complete_task", "delete_task", "search_tasks",
        "bulk_update_tasks", "undo",
    ].map { ToolDefinition(name: $0, description: "", parameters: ["type": "object"]) }

    package static func request(_ messages: [ChatMessage]) -> ChatRequest {
        ChatRequest(
            messages: messages, tools: tools, now: Date(timeIntervalSince1970: 1_795_377_600), timeZone: .gmt)
    }

    /// Returns forty turns with the text as the user's message, then again, or `last`.
    ///
    /// Each turn ends with a question which task is meant, so that the turn before is read again.
    package static func history(of text: String, last: String? = nil) -> ChatRequest {
        var messages: [ChatMessage] = []
        for turn in 0..<40 {
            let call = ToolCall(id: "call_\(turn)", name: "list_tasks", arguments: [:])
            messages += [
                .user(text), .assistant(AssistantMessage(content: "", toolCalls: [call])),
                .tool(ToolResult(callID: call.id, tool: call.name, content: rows(titles: [text]))),
                .assistant(AssistantMessage(content: "Task \(turn): \(text)\nWhich one do you mean?")),
            ]
        }
        return request(messages + [.user(last ?? text)])
    }

    /// Returns the text as the message, and then as the titles of a hundred tasks in the results of all its calls.
    package static func results(for calls: [ToolCall], of text: String) -> ChatRequest {
        let list = rows(titles: titles(of: text))
        return request(
            [.user(text), .assistant(AssistantMessage(content: "", toolCalls: calls))]
                + calls.map { .tool(ToolResult(callID: $0.id, tool: $0.name, content: list)) })
    }

    /// Returns a hundred titles of 200 characters.
    package static func titles(of text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        guard !scalars.isEmpty else { return [] }
        return (0..<100).map { number in
            String(String.UnicodeScalarView((0..<200).map { scalars[(number * 37 + $0) % scalars.count] }))
        }
    }

    private static func rows(titles: [String]) -> String {
        JSONValue.array(
            titles.enumerated().map { number, title in
                ["id": .integer(number + 1), "title": .string(title), "completed": false]
            }
        ).text
    }
}
