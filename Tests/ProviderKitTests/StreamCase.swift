import Foundation
import JSON
import NIOCore
import Testing

@testable import ProviderKit

/// A recorded stream and its expected result.
struct StreamCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Hashable {
        case calls([String])
        case text(String)
        case error(ProviderError.Kind)
    }

    let name: String
    let sse: String
    let expected: Outcome

    var testDescription: String { name }

    /// Streams that were recorded from servers.
    static let recorded = read("stream-cases")
    /// Streams modelled on other observed behaviour of servers, and on attacks.
    static let invented = read("invented-stream-cases")
    static let all = recorded + invented
    /// The cases that are not a single document.
    static let streams = all.filter { !$0.sse.hasPrefix("{") && !$0.sse.hasPrefix("[") }

    private static func read(_ name: String) -> [StreamCase] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).json")
        guard let data = try? Data(contentsOf: file), let json = try? JSONParser.parse(bytes: [UInt8](data)) else {
            fatalError("no stream cases at \(file)")
        }
        return (json.object?.members ?? []).map { member in
            StreamCase(
                name: member.name, sse: member.value["sse"]?.string ?? "",
                expected: Outcome(member.name, member.value["expect"] ?? .null))
        }
    }

    static func named(_ name: String) -> StreamCase {
        guard let found = all.first(where: { $0.name == name }) else { fatalError("no stream case \(name)") }
        return found
    }
}

extension StreamCase.Outcome {
    init(_ name: String, _ expected: JSONValue) {
        switch expected {
        case .string("error-truncated"): self = .error(.truncated)
        case .string("error-429"): self = .error(.rateLimited)
        case .string("text-or-rescue"): self = .text(#"<function=add_task>{"title":"buy milk"}</function>"#)
        case .string("text"): self = .text("Sure ok")
        case .object(let object):
            let kind = object["error"]?.string.flatMap { ProviderError.Kind(rawValue: $0) }
            self = kind.map { .error($0) } ?? .text(object["text"]?.string ?? "\(name) expects nothing")
        default:
            self = .calls(
                (expected.array ?? []).map { call in
                    "\(call.array?.first?.string ?? "") \(call.array?.last?.string ?? "")"
                })
        }
    }

    init(_ completion: ChatCompletion) {
        let calls = completion.message.toolCalls
        self =
            calls.isEmpty
            ? .text(completion.message.content)
            : .calls(calls.map { "\($0.name) \(JSONValue.object($0.arguments).text)" })
    }
}

/// The result of decoding a stream.
struct Reading: Hashable {
    var text = ""
    var hasBegun = false
    var completion: ChatCompletion?
    var error: ProviderError?
    var damagedEvents = 0

    var outcome: StreamCase.Outcome? {
        completion.map { StreamCase.Outcome($0) } ?? error.map { .error($0.kind) }
    }

    /// Decodes a stream that arrives in these pieces, with ids that count up.
    init(
        _ pieces: some Sequence<some Collection<UInt8>>, dialect: ChatCompletionsDialect = ChatCompletionsDialect(),
        limits: ChatCompletionsDecoder.Limits = .init()
    ) {
        let ids = CountingIDs()
        var decoder = ChatCompletionsDecoder(
            model: "asked-for", dialect: dialect,
            tools: ["add_task", "list_tasks", "get_task", "complete_task", "delete_task", "undo"],
            now: Date(timeIntervalSince1970: 1_743_292_000), limits: limits,
            makeID: { ids.next() })
        for piece in pieces {
            let progress = decoder.receive(ByteBuffer(bytes: piece))
            text += progress.text
            hasBegun = progress.hasBegun
            if progress.phase == .over { break }
        }
        do throws(ProviderError) {
            let answer = try decoder.end()
            completion = answer.completion
            text += answer.heldText
            damagedEvents = answer.damagedEvents
        } catch {
            self.error = error
        }
    }

    init(
        _ text: String, dialect: ChatCompletionsDialect = ChatCompletionsDialect(),
        limits: ChatCompletionsDecoder.Limits = .init()
    ) {
        self.init([Array(text.utf8)], dialect: dialect, limits: limits)
    }
}
