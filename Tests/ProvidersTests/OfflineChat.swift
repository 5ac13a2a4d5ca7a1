import Foundation
import JSON
import Offline
import ProviderKit
import Synchronization
import Testing

/// A conversation with the adapter, with tools run as a server would run them.
struct OfflineChat {
    var tools: OfflineTools
    var messages: [ChatMessage] = [.system("You are Steward.")]
    let offered: [ToolDefinition]
    private let provider: OfflineProvider
    private let zone: TimeZone
    var isFallback = false
    var now = Date(timeIntervalSince1970: 1_795_377_600)  // 2026-11-22T20:00:00Z, a Sunday

    struct TooManyRounds: Error {}

    init(
        _ tools: OfflineTools = OfflineTools(), offering names: [String] = OfflineTools.names,
        zone: String = "Europe/Berlin"
    ) async throws {
        self.tools = tools
        self.zone = try #require(TimeZone(identifier: zone))
        offered = names.map { ToolDefinition(name: $0, description: "", parameters: ["type": "object"]) }
        provider = try await .forTests()
    }

    /// Runs one step; returns the adapter's completion and the text that it streamed.
    func step() async throws -> (completion: ChatCompletion, streamed: [ChatEvent]) {
        let events = Mutex<[ChatEvent]>([])
        let request = ChatRequest(messages: messages, tools: offered, now: now, timeZone: zone, isFallback: isFallback)
        let completion = try await provider.complete(request) { event in events.withLock { $0.append(event) } }
        return (completion, events.withLock(\.self))
    }

    /// Returns the adapter's first calls for a message.
    func firstCalls(_ text: String) async throws -> (calls: [ToolCall], answer: String) {
        var chat = self
        chat.messages.append(.user(text))
        let message = try await chat.step().completion.message
        return (message.toolCalls, message.content)
    }

    /// Runs a whole turn; returns the answer after all calls.
    @discardableResult
    mutating func say(_ text: String) async throws -> String {
        messages.append(.user(text))
        for _ in 0..<8 {
            let message = try await step().completion.message
            messages.append(.assistant(message))
            if message.toolCalls.isEmpty { return message.content }
            for call in message.toolCalls {
                let result = tools.run(call.name, call.arguments)
                messages.append(.tool(ToolResult(callID: call.id, tool: call.name, content: result.text)))
            }
        }
        throw TooManyRounds()
    }
}
