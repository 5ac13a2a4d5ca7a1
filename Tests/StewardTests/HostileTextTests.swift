import JSON
import Logging
import Synchronization
import TestSupport
import Testing
import Text

@testable import steward

/// Texts of providers and files with control characters, on their way to a terminal or a log.
@Suite(.timeLimit(.minutes(5))) struct HostileTextTests {
    /// A line end, escapes of both kinds, a carriage return, and an override of the writing direction.
    private static let hostile = "x\n[error] forged\u{1B}[2J\u{9B}31m\r\u{202E}y"
    private static let quoted = JSONValue.string(hostile).text

    private static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || scalar == "\u{FFFD}"
                || ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
        }
    }

    private static func with(
        _ reply: @escaping @Sendable (ScriptedRequest) -> ScriptedReply, _ body: (Operator) async throws -> Void
    ) async throws {
        try await ScriptedUpstream.run { request, _ in
            reply(request)
        } _: { upstream in
            try await Operator.with { steward in
                let file = """
                    provider: openai
                    providers:
                      openai: {base_url: "\(upstream.url)", allow_private: true, model: gpt-4o, api_key: env:ACME_KEY}
                    """
                try steward.folder.write(file + "\n", to: "tenants/acme/tenant.yaml")
                try await body(steward)
            }
        }
    }

    @Test(
        "A provider's error cannot forge a line or move the cursor",
        arguments: [
            #"{"error":{"code":\#(quoted),"message":"no"}}"#, #"{"error":{"type":\#(quoted),"message":"no"}}"#,
            #"{"error":{"message":\#(quoted)}}"#, #"{"error":\#(quoted)}"#, hostile,
        ], ["", "--json"])
    func check(body: String, option: String) async throws {
        try await Self.with { _ in
            .body(400, body)
        } _: { steward in
            let arguments = ["provider", "check", "acme"] + (option.isEmpty ? [] : [option])
            let result = try await StewardProgram.run(
                arguments, environment: ["ACME_KEY": "sk-0123456789"], directory: steward.folder.path)
            #expect(result.ending == .exited(1))
            for text in [result.output, result.errors] {
                #expect(Self.isClean(text), "\(text.debugDescription)")
                #expect(!text.split(separator: "\n").contains { $0.hasPrefix("[error] forged") })
            }
            #expect(result.errors.contains("HTTP 400"), "\(result.errors)")
        }
    }

    @Test("A model whose name cannot be printed is not listed, and no other name moves the cursor")
    func models() async throws {
        try await Self.with { _ in
            .body(200, #"{"data":[{"id":\#(Self.quoted)},{"id":"good"}]}"#)
        } _: { steward in
            for option in [[], ["--json"]] {
                let result = try await StewardProgram.run(
                    ["provider", "models", "acme"] + option, environment: ["ACME_KEY": "sk-0123456789"],
                    directory: steward.folder.path)
                #expect(result.succeeded, "\(result.errors)")
                #expect(Self.isClean(result.output) && result.output.contains("good"))
                #expect(!result.output.contains("forged"))
            }
        }
    }

    @Test("A tenant file's values cannot forge a line of its errors", arguments: [[], ["--json"]])
    func tenantFile(option: [String]) async throws {
        try await Operator.with { steward in
            try steward.folder.write("provider: \(Self.quoted)\n\(Self.quoted): 1\n", to: "tenants/acme/tenant.yaml")
            let result = try await StewardProgram.run(
                ["tenant", "check"] + option, directory: steward.folder.path)
            #expect(result.ending == .exited(1))
            #expect(Self.isClean(result.output + result.errors), "\(result.output.debugDescription)")
            #expect(!result.output.split(separator: "\n").contains { $0.hasPrefix("[error] forged") })
            if !option.isEmpty { #expect(result.json.array?.isEmpty == false) }
        }
    }

    @Test("JSON for scripts tells the very text, in escapes")
    func escapes() throws {
        let text = JSONValue.string(Self.hostile + "\u{E0001}").text.escapingUnprintable()
        #expect(Self.isClean(text))
        #expect(try JSONParser.parse(text) == .string(Self.hostile + "\u{E0001}"))
    }

    @Test("A log line is one line, whatever is in it", arguments: LogFormat.allCases)
    func log(format: LogFormat) {
        let written = Mutex("")
        var logger = Logger(label: "test") { label in
            LineLogHandler(label: label, level: .info, format: format) { line in written.withLock { $0 += line } }
        }
        logger[metadataKey: "tool"] = "\(Self.hostile)"
        logger.warning("\(Self.hostile)", metadata: ["long": .array([.string(String(repeating: "x", count: 5000))])])
        let text = written.withLock { $0 }
        #expect(Self.isClean(text), "\(text.debugDescription)")
        #expect(text.count { $0 == "\n" } == 1 && text.hasSuffix("\n"))
        #expect(text.utf8.count < 2 * LineLogHandler.limit + 500)
    }
}
