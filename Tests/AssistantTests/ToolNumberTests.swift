import Assistant
import JSON
import ProviderKit
import Tenants
import TestSupport
import Testing
import TodoStore
import TodoTools

/// Extreme numbers in every numeric argument of a tool.
@Suite struct ToolNumberTests {
    /// An argument of a tool that is a number or an array of numbers.
    private struct Number {
        let tool: ToolDefinition
        let argument: String
        let isArray: Bool
        let bounds: JSONValue
    }

    /// The tools with all rules for their arguments.
    private func tools() -> [ToolDefinition] { Toolbox.standard.definitions }

    private func numbers(of tool: ToolDefinition) -> [Number] {
        (tool.parameters["properties"]?.object?.members ?? []).compactMap { member in
            switch (member.value["type"], member.value["items"]?["type"]) {
            case ("integer", _):
                Number(tool: tool, argument: member.name, isArray: false, bounds: member.value)
            case ("array", "integer"):
                Number(tool: tool, argument: member.name, isArray: true, bounds: member.value["items"] ?? .null)
            default: nil
            }
        }
    }

    /// The other required arguments of each tool.
    private static let others: [String: JSONObject] = [
        "bulk_update_tasks": ["action": "complete"], "search_tasks": ["query": "t"], "update_task": ["title": "x"],
    ]

    @Test("A number is taken within the bounds that the schema tells the model, and refused beyond them")
    func extremes() async throws {
        let numbers = tools().flatMap(numbers)
        #expect(
            numbers.map { "\($0.tool.name) \($0.argument)" }.sorted() == [
                "bulk_update_tasks task_ids", "complete_task task_id", "delete_task task_id", "get_task task_id",
                "list_tasks limit", "search_tasks limit", "undo change_id", "update_task task_id",
            ])
        for number in numbers {
            let bounds = (
                try #require(number.bounds["minimum"]?.integer), try #require(number.bounds["maximum"]?.integer)
            )
            #expect(bounds.1 <= 1 << 53)
            let values = try ExtremeNumbers.json.map { try JSONParser.parse($0) }
            let calls = values.enumerated().map { index, value in
                var arguments = Self.others[number.tool.name] ?? [:]
                arguments[number.argument] = number.isArray ? [value] : value
                return ToolCall(number.tool.name, arguments, id: "call_\(index)")
            }
            // The maximum number of calls per message.
            let messages = stride(from: 0, to: calls.count, by: 16).map { Array(calls[$0..<min($0 + 16, calls.count)]) }
            let script = ScriptedProvider.Script(messages.map { .call($0) } + [.say("Done.")])
            try await TurnFixture.run([script]) { fixture in
                _ = try await fixture.seed(3, title: "t")
                let outcome = try await fixture.outcome("Go on")
                #expect(outcome.toolCalls.count == values.count)
                for (value, call) in zip(values, outcome.toolCalls) {
                    let code = call.result["error"]?["code"]?.string
                    let isWithin = value.integer.map { (bounds.0...bounds.1).contains($0) } ?? false
                    #expect((code == "validation_failed") == !isWithin, "\(number.argument) \(value): \(call.result)")
                    if isWithin { #expect([nil, "not_found"].contains(code), "\(call.result)") }
                }
            }
        }
    }

    @Test("A task that is not there is told with those whose ids are nearest")
    func nearest() async throws {
        let calls = [2, 1 << 53, 5].enumerated().map {
            ToolCall("get_task", ["task_id": .integer($0.element)], id: "call_\($0.offset)")
        }
        let script = ScriptedProvider.Script([
            .call([ToolCall("delete_task", ["task_id": 2])]), .call(calls), .say("Done."),
        ])
        try await TurnFixture.run([script]) { fixture in
            _ = try await fixture.seed(8, title: "t")
            let results = try await fixture.outcome("Delete task 2 and go on").toolCalls.dropFirst().map(\.result)
            func suggested(_ result: JSONValue) -> [Int] {
                (result["error"]?["suggestions"]?.array ?? []).compactMap { $0["id"]?.integer }
            }
            #expect(suggested(results[0]) == [1, 3, 4, 5, 6])
            #expect(suggested(results[1]) == [4, 5, 6, 7, 8])
            #expect(results[2]["id"] == 5)
        }
    }
}
