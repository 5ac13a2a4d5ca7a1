import Files
import Foundation
import Identity
import JSON
import ProviderKit
import Tenants
import TestSupport
import Testing
import Time

@Suite struct TenantFileTests {
    private func parse(_ text: String) -> (file: TenantFile?, problems: [TenantProblem]) {
        TenantFile.parse(Array(text.utf8), file: "tenant.yaml", registry: TemporaryTenants.registry)
    }

    @Test func `The whole grammar is read`() throws {
        let (file, problems) = parse(
            """
            name: Acme GmbH
            provider: openrouter
            fallbacks: [openrouter/meta-llama/llama-3.2-3b-instruct:free, openai-compatible, offline]
            providers:
              openrouter:
                model: openai/gpt-oss-120b
                api_key: env:ACME_KEY
                timeouts: {first_byte: 10s, idle: 500ms}
                site: https://acme.example
              openai-compatible:
                base_url: http://localhost:11434/v1
                allow_private: true
                model: llama3.2
                api_key: file:/etc/steward/acme
            assistant: {time_zone: Europe/Berlin, instructions: Be brief., deadline: 2m, max_rounds: 4, max_changes: 5, history_messages: 6, max_output_tokens: 700}
            limits: {chats_per_minute: 1, concurrent_chats: 2, requests_per_minute: 7, users: 3, tasks: 4, conversations: 5, messages: 6, database: 2MB, retention: 30d}
            tokens: {max_life: 1h}
            allowed_origins: [https://todo.acme.example, "http://localhost:3000"]
            """)
        #expect(problems.isEmpty)
        let tenant = try #require(file)
        #expect(tenant.name == "Acme GmbH")
        #expect(tenant.targets.map(\.providerID) == ["openrouter", "openrouter", "openai-compatible", "offline"])
        #expect(
            tenant.targets.map(\.model) == [
                "openai/gpt-oss-120b", "meta-llama/llama-3.2-3b-instruct:free", "llama3.2", nil,
            ])
        #expect(tenant.targets[1].apiKey == .environment("ACME_KEY"))
        #expect(tenant.targets[0].timeouts == ProviderTimeouts(firstByte: .seconds(10), idle: .milliseconds(500)))
        #expect(tenant.targets[0].options == ["site": "https://acme.example"])
        #expect(tenant.targets[2].baseURL == "http://localhost:11434/v1")
        #expect(
            tenant.assistant
                == AssistantSettings(
                    timeZone: try #require(TimeZone(identifier: "Europe/Berlin")), instructions: "Be brief.",
                    deadline: .seconds(120), maxRounds: 4, maxChanges: 5, historyMessages: 6,
                    maxOutputTokens: 700))
        #expect(
            tenant.limits
                == TenantLimits(
                    chatsPerMinute: 1, concurrentChats: 2, requestsPerMinute: 7, users: 3, tasks: 4, conversations: 5,
                    messages: 6,
                    databaseSize: 2 << 20,
                    retention: .seconds(30 * 86_400)))
        #expect(tenant.maxTokenLife == .seconds(3_600))
        #expect(tenant.allowedOrigins == ["https://todo.acme.example", "http://localhost:3000"])
    }

    @Test func `Only the provider is required`() throws {
        let file = try #require(parse("provider: offline").file)
        #expect(file.targets.map(\.providerID) == ["offline"])
        #expect(file.assistant == AssistantSettings())
        #expect(file.limits == TenantLimits())
        #expect(file.maxTokenLife == .seconds(86_400))
    }

    @Test("A turn with a slow target has the longest deadline, unless the file names one")
    func slowTargets() {
        let slow = "provider: offline\nproviders: {offline: {timeouts: {first_byte: 61s}}}"
        #expect(parse(slow).file?.assistant.deadline == .seconds(300))
        #expect(parse(slow + "\nassistant: {deadline: 9s}").file?.assistant.deadline == .seconds(9))
        #expect(parse(slow.replacing("61s", with: "60s")).file?.assistant.deadline == .seconds(120))
    }

    @Test("A slow server has its own time where nothing quicker follows than what needs no server")
    func slowServers() {
        let stub = { (id: String, firstByte: Int, server: Bool) in
            ProviderDescriptor(
                id: id, name: id, summary: id, defaultModel: "m", needsAPIKey: false, needsBaseURL: server,
                timeouts: ProviderTimeouts(firstByte: .seconds(firstByte), idle: .seconds(60)))
        }
        let registry = ProviderRegistry(stubs: [
            stub("own", 180, true), stub("quick", 15, true), stub("rules", 15, false),
        ])
        func timeouts(_ fallbacks: String, _ timeouts: String = "{}") -> ProviderTimeouts? {
            let text = "provider: own\nfallbacks: [\(fallbacks)]\nproviders: {own: {timeouts: \(timeouts)}}"
            return TenantFile.parse(Array(text.utf8), file: "tenant.yaml", registry: registry).file?.targets[0].timeouts
        }
        let patient = ProviderTimeouts(firstByte: .seconds(180), idle: .seconds(60))
        #expect(timeouts("") == patient)
        #expect(timeouts("own/other, rules") == patient)
        #expect(timeouts("rules, quick") == ProviderTimeouts())
        #expect(timeouts("quick", "{first_byte: 90s}") == ProviderTimeouts(firstByte: .seconds(90)))
        #expect(timeouts("", "{idle: 9s}") == ProviderTimeouts(firstByte: .seconds(180), idle: .seconds(9)))
    }

    static let known = "known are offline, openrouter, openai-compatible"
    static let reference = "must be env:NAME, file:PATH, credential:NAME or sealed:…; a secret must not be in this file"

    static let marks = String(repeating: "\u{301}", count: 31)
    static let escapedMarks = String(repeating: "\\u0301", count: 31)

    @Test(arguments: [
        ("", "1:1: the file is empty"),
        ("offline", "1:1: must be a section with keys such as provider"),
        ("name: x", "1:1: provider: is required; \(known)"),
        ("provider: offlin", "1:11: provider: unknown provider \"offlin\", did you mean \"offline\"? \(known)"),
        ("provider: x9", "1:11: provider: unknown provider \"x9\"; \(known)"),
        ("provider:", "1:10: provider: must be text of 1 to 64 characters"),
        ("provider: [offline]", "1:11: provider: must be text of 1 to 64 characters"),
        ("provider: offline\nmodle: x", "2:1: unknown key \"modle\""),
        ("provider: offline\nprovidrs: {}", "2:1: unknown key \"providrs\", did you mean \"providers\"?"),
        (
            "provider: offline\nproviders:\n  openrouter:\n    modle: x",
            "4:5: providers.openrouter: unknown key \"modle\", did you mean \"model\"?"
        ),
        (
            "provider: offline\nproviders: {opnrouter: {}}",
            "2:13: providers: unknown provider \"opnrouter\", did you mean \"openrouter\"? \(known)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {api_key: sk-or-v1-abc}}",
            "2:35: providers.openrouter.api_key: \(reference)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {api_key: \"env:A B\"}}",
            "2:35: providers.openrouter.api_key: \(reference)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {api_key: \"env:\"}}",
            "2:35: providers.openrouter.api_key: \(reference)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {api_key: \"credential:../x\"}}",
            "2:35: providers.openrouter.api_key: \(reference)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {api_key: \"sealed:k:AAAA\"}}",
            "2:35: providers.openrouter.api_key: \(reference)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {base_url: \"http://x\"}}",
            "2:36: providers.openrouter.base_url: must be an https URL (or allow_private: true)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {base_url: \"https://u:p@x\"}}",
            "2:36: providers.openrouter.base_url: must be an https URL (or allow_private: true)"
        ),
        (
            "provider: offline\nproviders: {openrouter: {timeouts: {idle: 20}}}",
            "2:43: providers.openrouter.timeouts.idle: must be a duration such as 500ms, 3s, 2m, 1h or 30d, from 100ms to 5m"
        ),
        (
            "provider: offline\nfallbacks: [offline]",
            "2:13: fallbacks: repeats the provider and model of an earlier one"
        ),
        (
            "provider: offline\nfallbacks: [offline/rules]",
            "2:13: fallbacks: repeats the provider and model of an earlier one"
        ),
        (
            "provider: offline\nfallbacks: [openrouter/]",
            "2:13: fallbacks: must be a provider, or a provider and a model, such as groq/some-model"
        ),
        ("provider: offline\nfallbacks: offline", "2:12: fallbacks: must be a list of at most 8 texts"),
        (
            "provider: offline\nassistant: {time_zone: Europe/Berlni}",
            "2:24: assistant.time_zone: must be an IANA time zone such as Europe/Berlin, did you mean \"Europe/Berlin\"?"
        ),
        (
            "provider: offline\nassistant: {deadline: 301s}",
            "2:23: assistant.deadline: must be a duration such as 500ms, 3s, 2m, 1h or 30d, from 1s to 5m"
        ),
        (
            "provider: offline\nassistant: {max_rounds: \"8\"}",
            "2:25: assistant.max_rounds: must be a whole number from 1 to 64"
        ),
        ("provider: offline\nlimits: 5", "2:9: limits: must be a section"),
        ("provider: offline\nlimits: {users: 0}", "2:17: limits.users: must be a whole number from 1 to 100000000"),
        (
            "provider: offline\nlimits: {database: 64}",
            "2:20: limits.database: must be a size such as 64KB or 1MB, from 1MB to 1024GB"
        ),
        (
            "provider: offline\ntokens: {max_life: 0s}",
            "2:20: tokens.max_life: must be a duration such as 500ms, 3s, 2m, 1h or 30d, from 1s to 365d"
        ),
        (
            "provider: offline\nallowed_origins: [\"*\"]",
            "2:19: allowed_origins: must be only a scheme, host and port, such as https://todo.acme.example"
        ),
        (
            "provider: offline\nallowed_origins: [https://a.example/]",
            "2:19: allowed_origins: must be only a scheme, host and port, such as https://todo.acme.example"
        ),
        ("provider: offline\nname: \"a\\u0007b\"", "2:7: name: must be text of 1 to 200 characters"),
        ("provider: offline\nprovider: offline", "2:1: duplicate key \"provider\", first used in line 1"),
        ("provider: &a offline", "1:11: anchors and aliases are not allowed"),
        ("name: &a x\nprovider: *a", "1:7: anchors and aliases are not allowed"),
        ("provider: *a", "1:11: anchors and aliases are not allowed"),
        ("provider: offline\n? [a]\n: b", "2:3: a key must be a plain text"),
        ("provider: [offline", "2:1: this is not YAML: did not find expected ',' or ']'"),
        ("provider: offline\n---\nprovider: offline", "2:1: this is not YAML: but found another document"),
        ("provider: offline\nname: a\(marks)", "2:1: must not have more than 30 combining marks in a row"),
        ("provider: offline\na\(marks): x", "2:1: must not have more than 30 combining marks in a row"),
        (
            "provider: offline\nname: \"a\(escapedMarks)\"",
            "2:7: must not have more than 30 combining marks in a row"
        ),
        (
            "provider: offline\n\"a\(escapedMarks)\": x",
            "2:1: must not have more than 30 combining marks in a row"
        ),
        ("a: @b", "1:4: this is not YAML: found character that cannot start any token"),
    ])
    func `A mistake is told with its line, column, key and what would be right`(_ text: String, _ message: String) {
        let problems = parse(text).problems
        #expect(problems.first?.description == "tenant.yaml:\(message)")
    }

    @Test func `All mistakes of a file are found in one pass, in its order`() {
        let (file, problems) = parse(
            """
            nmae: Acme
            provider: openruter
            provider: offline
            limits: {users: many, users: 5, taks: 3}
            assistant:
              deadline: 5
              deadline: 5s
              deadline: 6s
            tokens: {max_life: &life 24h}
            """)
        #expect(file == nil)
        #expect(
            problems.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0)" } == [
                "1:1", "2:11", "3:1", "4:17", "4:23", "4:33", "6:13", "7:3", "8:3", "9:20",
            ])
    }

    @Test func `A bare secret is never echoed, wherever it stands`() {
        let secret = "sk-or-v1-0e6f9a7b2c"
        for text in [
            "provider: offline\nproviders: {openrouter: {api_key: \(secret)}}",
            "provider: offline\nproviders: {openrouter: {base_url: \(secret)}}",
            "provider: offline\nproviders: {openrouter: {model: [\(secret)]}}",
            "provider: offline\nproviders: {openrouter: {api_key: \"\(secret)}}",
            "provider: offline\nlimits: {users: \(secret)}",
        ] {
            let problems = parse(text).problems
            #expect(!problems.isEmpty)
            #expect(!problems.contains { $0.description.contains("sk-or") })
        }
    }

    @Test func `More than 64 KB and bytes that are no UTF-8 are refused`() {
        let long = parse("provider: offline\n#" + String(repeating: "x", count: 65_536))
        #expect(long.problems.map(\.description) == ["tenant.yaml: is larger than 64KB"])
        let bytes = TenantFile.parse([0x70, 0xFF], file: "tenant.yaml", registry: TemporaryTenants.registry)
        #expect(bytes.problems.map(\.description) == ["tenant.yaml: is not UTF-8"])
    }

    @Test(arguments: [
        String(repeating: "[", count: 60_000), String(repeating: "a: {", count: 900),
        String(repeating: "- ", count: 30_000),
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]", "{" + String(repeating: "a: 1, ", count: 2_000) + "}",
        "\u{0}", "%YAML 9.9\n---\na: b", "!!binary x: y", "? |\n  a\n: b",
    ])
    func `Hostile YAML is refused and costs little`(_ text: String) { #expect(parse(text).file == nil) }

    @Test func `Adapters check their own settings, at the place of the key`() throws {
        let registry = ProviderRegistry(stubs: TemporaryTenants.registry.descriptors) { settings in
            settings.options["site"] == "good" ? nil : ProviderConfigurationError(key: "site", "must be good")
        }
        let text = "provider: openrouter\nproviders:\n  openrouter: {api_key: env:K, site: bad}\n"
        let file = try #require(TenantFile.parse(Array(text.utf8), file: "t", registry: registry).file)
        let resolved = file.resolve(
            id: try #require(.init("acme")), file: "t", registry: registry,
            secrets: SecretSources(environment: ["K": "v"]))
        #expect(resolved.problems.map(\.description) == ["t:3:38: providers.openrouter.site: must be good"])
    }

    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("3s", .seconds(3)), ("2m", .seconds(120)), ("1h", .seconds(3_600)),
        ("30d", .seconds(30 * 86_400)),
    ])
    func `Durations have a whole number and a unit`(_ text: String, _ duration: Duration) {
        #expect(Duration(units: text) == duration)
        #expect(duration.unitText == text)
    }

    @Test(arguments: [
        "", "s", "3", "3 s", "-3s", "3.5s", "3S", "3w", "99999999999999999999d", "9999999999999999d", "٣s",
    ])
    func `Other durations are refused`(_ text: String) { #expect(Duration(units: text) == nil) }

    @Test(arguments: ["", "64", "64kb", "64 KB", "-1KB", "1TB", "99999999999GB", "KB"])
    func `Other sizes are refused`(_ text: String) {
        #expect(ByteSize.parse(text) == nil)
        #expect(ByteSize.parse("64KB") == 65_536)
    }
}
