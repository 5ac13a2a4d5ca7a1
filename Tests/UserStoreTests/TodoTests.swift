import Foundation
import JSON
import NIOCore
import StoreTesting
import Testing
import Time

@testable import TodoStore

@Suite struct TodoTests {
    private let alice = StoreFixture.alice

    private func patch(_ members: JSONObject) throws -> TodoPatch {
        var fields = FieldReader(members)
        let patch = TodoPatch(fields: &fields)
        try fields.finish()
        return patch
    }

    @Test("A todo comes back as it was stored", arguments: StoreBackend.allCases)
    func roundTrip(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let draft = try TodoDraft(
                title: "Grüße 😀", description: "a\nb", priority: .high, tags: ["x", "\"y\""],
                dueAt: Timestamp(rfc3339: "2026-12-24T17:00:00.5Z"), recurrence: "FREQ=YEARLY")
            let stored = try await fixture.store.write(alice) { try $0.addTodo(draft, origin: .user) }
            let read = try await fixture.store.read(alice, orEmpty: nil) { try $0.todo(stored.id) }
            #expect(read == stored)
            #expect(
                stored.text == #"{"id":1,"title":"Grüße 😀","description":"a\nb","completed":false,"priority":"high","#
                    + #""tags":["x","\"y\""],"due_at":"2026-12-24T17:00:00.500Z","recurrence":"FREQ=YEARLY","#
                    + #""created_at":"2026-11-22T19:54:09Z","updated_at":"2026-11-22T19:54:09Z","#
                    + #""completed_at":null,"version":1}"#)
            #expect(stored.json.text == stored.text)
        }
    }

    @Test("An id is never used again, also after a restart", arguments: StoreBackend.allCases)
    func idsAscend(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            _ = try await fixture.store.write(alice) { transaction in
                let todo = try transaction.addTodo(.titled("a"), origin: .user)
                _ = try transaction.deleteTodo(todo.id, origin: .user)
            }
            await fixture.store.close()
            let next = try await fixture.reopened { reopened in
                try await reopened.store.write(alice) { try $0.addTodo(.titled("b"), origin: .user) }
            }
            #expect(next.id == 2)
        }
    }

    @Test(
        "Each change is one entry of the journal with its origin, and a change of nothing is none",
        arguments: StoreBackend.allCases)
    func journal(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let assistant = Change.Origin(actor: .assistant, turnID: 4, conversationID: 2)
            let rename = try patch(["title": "b"])
            let last = try await fixture.store.write(alice) { transaction in
                let todo = try transaction.addTodo(.titled("a"), origin: .user)
                _ = try transaction.updateTodo(todo.id, rename, origin: assistant)
                _ = try transaction.updateTodo(todo.id, rename, origin: assistant)
                _ = try transaction.setCompleted(todo.id, true, origin: .user, timeZone: .gmt)
                _ = try transaction.setCompleted(todo.id, true, origin: .user, timeZone: .gmt)
                _ = try transaction.setCompleted(todo.id, false, origin: .user, timeZone: .gmt)
                return try transaction.deleteTodo(todo.id, origin: Change.Origin(actor: .import))
            }
            #expect(last.version == 4)
            let page = try await fixture.store.read(alice, orEmpty: nil) { try $0.changes(limit: 3) }
            let newest = try #require(page)
            #expect(newest.items.map(\.kind) == [.deleted, .reopened, .completed])
            #expect(newest.items[0].actor == .import)
            #expect(newest.items[0].after == nil)
            let cursor = try #require(newest.nextCursor.flatMap { PageCursor($0) })
            let rest = try await fixture.store.read(alice, orEmpty: nil) { try $0.changes(limit: 3, cursor: cursor) }
            #expect(rest?.items.map(\.kind) == [.updated, .created])
            #expect(rest?.items.first?.origin == assistant)
            #expect(rest?.items.first?.before?["title"] == "a")
            #expect(rest?.items.first?.after?["title"] == "b")
            #expect(rest?.items.last?.before == nil)
            #expect(rest?.nextCursor == nil)
        }
    }

    @Test(
        "A patch changes what it names, and a replacement all but id, creation and completion",
        arguments: StoreBackend.allCases)
    func patchAndReplace(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let clear = try patch(["description": nil, "priority": nil, "tags": nil, "due_at": nil])
            let draft = try TodoDraft(
                title: "a", description: "d", priority: .high, tags: ["t"],
                dueAt: Timestamp(rfc3339: "2026-12-24T17:00:00Z"), recurrence: "FREQ=DAILY;COUNT=1")
            let first = try await fixture.store.write(alice) { transaction in
                let todo = try transaction.addTodo(draft, origin: .user)
                return try transaction.setCompleted(todo.id, true, origin: .user, timeZone: .gmt)
            }
            #expect(first.completedAt == fixture.clock.now)
            fixture.clock.advance(seconds: 60)
            let patched = try await fixture.store.write(alice) { try $0.updateTodo(1, clear, origin: .user) }
            #expect(patched.description == nil && patched.tags.isEmpty && patched.dueAt == nil)
            #expect(patched.priority == .medium && patched.recurrence == "FREQ=DAILY;COUNT=1" && patched.title == "a")
            #expect(patched.updatedAt == fixture.clock.now && patched.createdAt == first.createdAt)
            let replaced = try await fixture.store.write(alice) { transaction in
                try transaction.replaceTodo(1, .titled("z"), origin: .user)
            }
            #expect(replaced.title == "z" && replaced.recurrence == nil)
            #expect(replaced.completed && replaced.createdAt == first.createdAt && replaced.version == 4)
        }
    }

    @Test("A version that is not the present one is refused, and nothing changes", arguments: StoreBackend.allCases)
    func versions(backend: StoreBackend) async throws {
        try await StoreFixture.run(backend) { fixture in
            let rename = try patch(["title": "b"])
            _ = try await fixture.store.write(alice) { transaction in
                let todo = try transaction.addTodo(.titled("a"), origin: .user)
                return try transaction.updateTodo(todo.id, rename, origin: .user, ifVersion: [1])
            }
            await #expect(throws: StoreError.versionMismatch(current: 2)) {
                try await fixture.store.write(alice) { try $0.deleteTodo(1, origin: .user, ifVersion: [1]) }
            }
            await #expect(throws: StoreError.versionMismatch(current: 2)) {
                try await fixture.store.write(alice) {
                    try $0.setCompleted(1, false, origin: .user, timeZone: .gmt, ifVersion: [3])
                }
            }
            await #expect(throws: StoreError.notFound(.task)) {
                try await fixture.store.write(alice) { try $0.updateTodo(2, rename, origin: .user, ifVersion: [1]) }
            }
        }
    }
}
