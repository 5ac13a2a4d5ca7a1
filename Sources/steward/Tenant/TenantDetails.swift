import Files
import Foundation
import Identity
import JSON
import ProviderKit
import Providers
import Tenants
import Time
import Tokens

/// The effective settings of a tenant.
struct TenantDetails {
    let record: TenantRecord
    /// The parsed file; nil when it is invalid.
    let file: TenantFile?
    let problems: [TenantProblem]
    let secrets: SecretSources

    var text: String {
        let summary = TenantSummary(record)
        var pairs = [
            ("id", summary.id), ("name", file?.name ?? summary.name), ("state", summary.state), ("keys", summary.keys),
        ]
        for (index, target) in (file?.targets ?? []).enumerated() {
            pairs.append((index == 0 ? "provider" : "fallback \(index)", target.providerID))
            pairs.append(("  model", model(target)))
            if let key = apiKey(target) { pairs.append(("  api_key", key)) }
            if let url = target.baseURL { pairs.append(("  base_url", url)) }
            if target.allowPrivate { pairs.append(("  allow_private", "true")) }
            pairs.append(
                (
                    "  timeouts",
                    "first_byte \(target.timeouts.firstByte.unitText), idle \(target.timeouts.idle.unitText)"
                ))
            pairs += target.options.members.map { ("  \($0.name)", Self.plain($0.value)) }
        }
        if let file {
            pairs += Self.sections(file).flatMap { section, members in
                members.map { ("\(section).\($0.0)", Self.plain($0.1)) }
            }
            if let store = file.store { pairs.append(("store", store)) }
            pairs.append(("allowed_origins", file.allowedOrigins.joined(separator: " ")))
        }
        let problems = problems.map { "\($0)\n" }.joined()
        return Table(pairs: pairs).text + (problems.isEmpty ? "" : "\nProblems:\n\(problems)")
    }

    var json: JSONValue {
        var object: JSONObject = TenantSummary(record).json.object ?? [:]
        if let name = file?.name { object["name"] = .string(name) }
        object["chain"] = .array((file?.targets ?? []).map(json))
        if let file {
            for (section, members) in Self.sections(file) { object[section] = .object(JSONObject(members)) }
            object["store"] = file.store.map { .string($0) }
            object["allowed_origins"] = .array(file.allowedOrigins.map(JSONValue.string))
        }
        object["problems"] = .array(problems.map { .string($0.description) })
        return .object(object)
    }

    private func json(_ target: TargetDefinition) -> JSONValue {
        [
            "provider": .string(target.providerID), "model": .string(model(target)),
            "api_key": apiKey(target).map(JSONValue.string) ?? .null,
            "base_url": target.baseURL.map(JSONValue.string) ?? .null, "allow_private": .bool(target.allowPrivate),
            "timeouts": [
                "first_byte": .string(target.timeouts.firstByte.unitText),
                "idle": .string(target.timeouts.idle.unitText),
            ], "options": .object(target.options),
        ]
    }

    private func model(_ target: TargetDefinition) -> String {
        let descriptor = ProviderRegistry.standard.descriptors.first { $0.id == target.providerID }
        return target.model ?? descriptor?.defaultModel ?? ""
    }

    /// Returns the reference to the key and whether it can be resolved, never the key.
    private func apiKey(_ target: TargetDefinition) -> String? {
        target.apiKey.map { reference in
            let isSet = (try? secrets.resolve(reference, tenant: record.id, provider: target.providerID)) != nil
            return "\(reference) (\(isSet ? "set" : "not set"))"
        }
    }

    private static func sections(_ file: TenantFile) -> [(String, [(String, JSONValue)])] {
        [
            (
                "assistant",
                [
                    ("time_zone", .string(file.assistant.timeZone.identifier)),
                    ("instructions", file.assistant.instructions.map(JSONValue.string) ?? .null),
                    ("deadline", .string(file.assistant.deadline.unitText)),
                    ("max_rounds", .integer(file.assistant.maxRounds)),
                    ("max_changes", .integer(file.assistant.maxChanges)),
                    ("history_messages", .integer(file.assistant.historyMessages)),
                    ("max_output_tokens", .integer(file.assistant.maxOutputTokens)),
                    ("safety_net", .bool(file.assistant.safetyNet)),
                ]
            ),
            (
                "limits",
                [
                    ("chats_per_minute", .integer(file.limits.chatsPerMinute)),
                    ("concurrent_chats", .integer(file.limits.concurrentChats)),
                    ("requests_per_minute", .integer(file.limits.requestsPerMinute)),
                    ("users", .integer(file.limits.users)),
                    ("tasks", .integer(file.limits.tasks)),
                    ("conversations", .integer(file.limits.conversations)),
                    ("messages", .integer(file.limits.messages)),
                    ("database", .string(ByteSize.text(file.limits.databaseSize))),
                    ("retention", .string(file.limits.retention.unitText)),
                ]
            ),
            ("tokens", [("max_life", .string(file.maxTokenLife.unitText))]),
        ]
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: value.text
        }
    }
}
