import Foundation
import Identity
import JSON
import ProviderKit
import Tenants
import Testing
import TodoTools

@testable import Assistant

@Suite struct BriefSchemaTests {
    @Test("A model is told each tool's arguments and types, the values of an enumeration once, and nothing else")
    func isBrief() throws {
        let (whole, brief) = (Toolbox.standard.definitions, Toolbox.standard.briefDefinitions)
        #expect(brief.map(\.name) == whole.map(\.name))
        for (tool, short) in zip(whole, brief) {
            let (properties, shortProperties) = (
                tool.parameters["properties"]?.object, short.parameters["properties"]?.object
            )
            #expect(properties?.names.filter { $0 != "limit" } == shortProperties?.names)
            for member in shortProperties?.members ?? [] {
                #expect(member.value["type"] == properties?[member.name]?["type"])
                #expect(member.value["description"] == nil && member.value["maxLength"] == nil)
            }
        }
        let text = JSONValue.array(brief.map { .object($0.parameters) }).text
        #expect(text.components(separatedBy: #"["low","medium","high"]"#).count == 2)
    }

    @Test("Prompt and tools stay as short as they were measured: 3.6 bytes are a token of Qwen2.5's")
    func isShort() throws {
        let tenant = Tenant(id: try #require(.init("acme")), name: "Acme", chain: [])
        let tools = Toolbox.standard.briefDefinitions.map { tool in
            [
                "type": "function",
                "function": [
                    "name": .string(tool.name), "description": .string(tool.description),
                    "parameters": .object(tool.parameters),
                ],
            ] as JSONValue
        }
        let bytes = SystemPrompt(tenant: tenant).text.utf8.count + JSONValue.array(tools).text.utf8.count
        #expect(bytes < 3300, "\(bytes) bytes")
    }
}
