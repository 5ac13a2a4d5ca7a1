import Foundation
import JSON
import Offline
import ProviderKit
import Testing

@Suite("The offline adapter as a provider")
struct OfflineProviderTests {
    @Test func `It needs no key and has one model`() async throws {
        #expect(OfflineProvider.descriptor.id == "offline")
        #expect(!OfflineProvider.descriptor.needsAPIKey)
        #expect(try await OfflineProvider.forTests().model == "rules")
        #expect(try await OfflineProvider.forTests(ProviderSettings(model: "rules")).model == "rules")
    }

    @Test func `Another model and keys that it does not know are refused`() async throws {
        var error = await #expect(throws: ProviderConfigurationError.self) {
            _ = try await OfflineProvider.forTests(ProviderSettings(model: "gpt-9"))
        }
        #expect(error?.key == "model")
        error = await #expect(throws: ProviderConfigurationError.self) {
            _ = try await OfflineProvider.forTests(ProviderSettings(options: ["temperature": 1]))
        }
        #expect(error?.key == "temperature")
    }

    @Test func `An answer streams in several pieces that are the message, and costs nothing`() async throws {
        var chat = try await OfflineChat()
        chat.messages.append(.user("help"))
        let (completion, events) = try await chat.step()
        #expect(events.first == .began)
        let pieces = events.compactMap { if case .text(let text) = $0 { text } else { nil } }
        #expect(pieces.count > 5)
        #expect(pieces.count == events.count - 1)
        #expect(pieces.joined() == completion.message.content)
        #expect(completion.finish == .stop)
        #expect(completion.usage == TokenUsage(inputTokens: 0, outputTokens: 0))
        #expect(completion.model == "rules")
    }

    @Test func `Standing in for a provider that failed, it says so first`() async throws {
        var chat = try await OfflineChat()
        #expect(try await !chat.say("add milk").contains("simple mode"))
        chat.isFallback = true
        let answer = try await chat.say("add eggs")
        #expect(answer.hasPrefix("The AI cannot be reached at the moment: this is the simple mode.\n"))
        #expect(chat.tools.titles == ["Milk", "Eggs"])
        // The notice does not answer any question.
        _ = try await chat.say("add a task")
        #expect(try await chat.say("bread").contains("bread") || chat.tools.titles.contains("Bread"))
    }

    @Test func `Calls come without text, with ids that no other call of the turn has`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        chat.messages.append(.user("add eggs and mark the milk task done and delete task 7"))
        let (completion, events) = try await chat.step()
        #expect(events == [.began])
        #expect(completion.finish == .toolCalls)
        #expect(completion.message.content.isEmpty)
        try await chat.say("add eggs and mark the milk task done and delete task 7")
        let ids = chat.messages.flatMap { message in
            if case .assistant(let message) = message { message.toolCalls.map(\.id) } else { [String]() }
        }
        #expect(ids.count == 4)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { !$0.isEmpty })
    }

    @Test func `The same messages give the same step`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        chat.messages.append(.user("delete the milk task and add eggs tomorrow"))
        let first = try await chat.step().completion
        #expect(try await chat.step().completion == first)
    }

    @Test func `A turn that goes on after midnight does not do its work again`() async throws {
        var chat = try await OfflineChat(OfflineTools("Buy milk"))
        let text = "add eggs tomorrow and delete the milk task"
        chat.messages.append(.user(text))
        let first = try await chat.step().completion.message
        chat.messages.append(.assistant(first))
        for call in first.toolCalls {
            let result = chat.tools.run(call.name, call.arguments)
            chat.messages.append(.tool(ToolResult(callID: call.id, tool: call.name, content: result.text)))
        }
        chat.now += 6 * 3600
        let second = try await chat.step().completion.message
        #expect(second.toolCalls.map(\.name) == ["delete_task"])
    }

    @Test func `What another provider has begun is told and not done again`() async throws {
        var chat = try await OfflineChat()
        let call = ToolCall(id: "call_x", name: "add_task", arguments: ["title": "Get some milk", "priority": "high"])
        chat.messages += [
            .user("add milk and eggs"), .assistant(AssistantMessage(content: "", toolCalls: [call])),
            .tool(
                ToolResult(
                    callID: "call_x", tool: "add_task",
                    content: #"{"task_id":1,"status":"created","title":"Get some milk"}"#)),
        ]
        let message = try await chat.step().completion.message
        #expect(message.toolCalls.isEmpty)
        #expect(message.content.hasPrefix("Added task 1: Get some milk."))
        #expect(message.content.contains("Please say what is still missing."))
    }

    @Test func `What another provider did as we would have is taken as done`() async throws {
        var chat = try await OfflineChat()
        let call = ToolCall(id: "call_x", name: "add_task", arguments: ["title": "Milk"])
        chat.messages += [
            .user("add milk and eggs"), .assistant(AssistantMessage(content: "", toolCalls: [call])),
            .tool(
                ToolResult(
                    callID: "call_x", tool: "add_task", content: #"{"task_id":1,"status":"created","title":"Milk"}"#)),
        ]
        let message = try await chat.step().completion.message
        #expect(message.toolCalls.map(\.arguments) == [["title": "Eggs"]])
    }

    @Test func `An argument that a tool's schema does not know is left out and said`() async throws {
        let schema: JSONObject = ["type": "object", "properties": ["title": ["type": "string"]]]
        let provider = try await OfflineProvider.forTests()
        let zone = try #require(TimeZone(identifier: "UTC"))
        let tool = ToolDefinition(name: "add_task", description: "", parameters: schema)
        let request = ChatRequest(
            messages: [.user("add milk tomorrow")], tools: [tool], now: Date(timeIntervalSince1970: 1_795_377_600),
            timeZone: zone)
        let call = try #require(try await provider.complete(request) { _ in }.message.toolCalls.first)
        #expect(call.arguments == ["title": "Milk"])
    }

    @Test func `What emit throws ends the call and is thrown on`() async throws {
        struct Gone: Error {}
        let provider = try await OfflineProvider.forTests()
        let zone = try #require(TimeZone(identifier: "UTC"))
        let request = ChatRequest(messages: [.user("help")], now: Date(timeIntervalSince1970: 0), timeZone: zone)
        await #expect(throws: Gone.self) {
            _ = try await provider.complete(request) { event in if event != .began { throw Gone() } }
        }
    }
}
