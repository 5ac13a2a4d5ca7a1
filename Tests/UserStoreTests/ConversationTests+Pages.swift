import Foundation
import JSON
import NIOCore
import StoreTesting
import Testing

@testable import TodoStore

extension ConversationTests {
    @Test("A page of messages has at most a megabyte, and one message in any case", arguments: StoreBackend.allCases)
    func pagesByBytes(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            // The last message is larger than a page.
            for size in [400_000, 400_000, 400_000, 2_000_000] {
                let result = JSONValue.string(String(repeating: "x", count: size))
                let call = call("c")
                try await fixture.store.write(alice) { transaction in
                    if try transaction.conversation(1) == nil { _ = try transaction.createConversation(title: "t") }
                    let turn = try transaction.beginTurn(conversation: 1, userMessage: "hello")
                    try transaction.appendStep(
                        turn: turn.id, .model(content: "", calls: [call], provider: "p", opaque: nil))
                    try transaction.appendStep(
                        turn: turn.id, .tool(callIndex: 0, callID: "c", tool: "list_tasks", result: result))
                    try transaction.finishTurn(
                        turn.id,
                        Turn.End(status: .done, answer: "done", isComplete: true, provider: "p", model: "m", usage: nil)
                    )
                }
            }
            var counts: [Int] = []
            var ids: [Int] = []
            var cursor: PageCursor?
            repeat {
                let after = cursor
                let page = try #require(
                    try await fixture.store.read(alice, orEmpty: Page<StoredMessage>?.none) {
                        try $0.messages(conversation: 1, limit: 100, cursor: after)
                    })
                counts.append(page.items.count)
                ids += page.items.map(\.id)
                cursor = page.nextCursor.flatMap { PageCursor($0) }
            } while cursor != nil
            #expect(counts == [5, 2, 1])
            #expect(ids == Array(1...8))
        }
    }

    @Test("A page of changes has at most a megabyte", arguments: StoreBackend.allCases)
    func changesByBytes(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let tags = (0..<20).map { String(repeating: "😀", count: 48) + "\($0)" }
            let draft = try TodoDraft.titled(
                "t", description: String(repeating: "😀", count: 1000), tags: tags)
            try await fixture.store.write(alice) { transaction in
                for id in 1...100 {
                    _ = try transaction.addTodo(draft, origin: .user)
                    _ = try transaction.setCompleted(id, true, origin: .user, timeZone: .gmt)
                }
            }
            var ids: [Int] = []
            var cursor: PageCursor?
            repeat {
                let before = cursor
                let page = try await fixture.store.read(alice, orEmpty: Page(items: [], nextCursor: nil)) {
                    try $0.changes(limit: 100, cursor: before)
                }
                let sizes = page.items.map { $0.json.serialized.readableBytes }
                #expect(sizes.reduce(0, +) <= 1 << 20 && !page.items.isEmpty && page.items.count < 100)
                ids += page.items.map(\.id)
                cursor = page.nextCursor.flatMap { PageCursor($0) }
            } while cursor != nil
            #expect(ids == (1...200).reversed())
        }
    }
}
