import Foundation
import Fuzzing
import Identity
import JSON
import NIOCore
import Time

@testable import TodoStore

/// A random operation on a store: the same on each backend.
struct Operation: Sendable {
    let name: String
    /// Returns all that a caller can see of it.
    let run: @Sendable (any UserStore) async throws -> String
}

/// Makes random operations, with what earlier ones have made.
struct OperationGenerator {
    private var random: SplitMix64
    private let accounts: [Account]
    /// The cursors of the last pages, by their list.
    var cursors: [String] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        accounts = ["alice", "bob", "carol"].map { PostgresFixture.account("acme", $0) }
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
    private mutating func flag(_ one: Int = 2) -> Bool { number(1...one) == 1 }
    private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...(values.count - 1))] }
    private mutating func maybe<Value>(_ one: Int, _ value: Value) -> Value? { flag(one) ? value : nil }

    private static let words = [
        "milk", "Milk", "ÄRGER", "a\u{308}rger", "straße", "STRASSE", "100%", "done_now", "😀", "日本", "zz", "Alpha",
        "alpha", "\"quoted\"", "back\\slash", "İstanbul", "x", "Ω", "e\u{301}tude", "étude",
    ]
    private static let limits = StoreLimits(
        tasks: 40, conversations: 12, users: 2, messages: 300, changes: 60, retentionSeconds: 5000)

    private mutating func text(_ count: ClosedRange<Int>) -> String {
        (0..<number(count)).map { _ in pick(Self.words) }.joined(separator: " ")
    }

    private mutating func time() -> Timestamp {
        Timestamp(milliseconds: 1_795_377_249_000 + number(-20...20) * 40_000_000 + (flag() ? 123 : 0))
    }

    private mutating func draft() -> JSONObject {
        var members: JSONObject = ["title": .string(text(1...3))]
        if flag() { members["description"] = .string(text(0...6)) }
        if flag() { members["priority"] = .string(pick(Priority.allCases).rawValue) }
        if flag(3) { members["tags"] = .array((0..<number(0...3)).map { _ in .string(pick(Self.words)) }) }
        if flag() { members["due_at"] = .string(time().rfc3339) }
        if flag(4) {
            members["recurrence"] = .string(pick(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;COUNT=3"]))
        }
        return members
    }

    private mutating func patch() -> JSONObject {
        var members = draft()
        for name in members.names where flag() { members[name] = nil }
        if flag(5) { members["description"] = JSONValue.null }
        if flag(5) { members["due_at"] = JSONValue.null }
        return members
    }

    /// A cursor of one of the lists whose name begins so, or, rarely, of any.
    private mutating func cursor(_ list: String) -> PageCursor? {
        guard flag() else { return nil }
        let all = cursors.compactMap { PageCursor($0) }
        return (flag(10) ? all : all.filter { $0.list.hasPrefix(list) }).randomElement(using: &random)
    }

    private mutating func query() -> TodoQuery {
        var query = TodoQuery(
            status: pick(TodoQuery.Status.allCases), priority: maybe(4, pick(Priority.allCases)),
            tags: flag(5) ? [pick(Self.words)] : [], dueFrom: maybe(5, time()), dueTo: maybe(5, time()),
            search: maybe(4, text(1...2)),
            sort: TodoQuery.Sort(pick(TodoQuery.Sort.Field.allCases), descending: flag()), limit: number(1...12))
        if let cursor = cursor("tasks") {
            query.cursor = cursor
            if !flag(10), let sort = TodoQuery.Sort(cursor.list.dropFirst(6)) { query.sort = sort }
        }
        return query
    }

    private mutating func origin() -> Change.Origin {
        switch number(1...4) {
        case 1: Change.Origin(actor: .import)
        case 2: Change.Origin(actor: .assistant, turnID: number(1...30), conversationID: number(1...9))
        default: .user
        }
    }

    mutating func next() -> Operation {
        let account = flag(6) ? pick(accounts) : accounts[0]
        let (limits, origin, creating) = (Self.limits, origin(), !flag(8))
        let key = "key \(number(1...12))"
        let choice = Choice(account: account, place: number(0...99), isGuess: flag(6), isLate: flag(8))
        func write(
            _ name: String, _ body: @escaping @Sendable (UserTransaction, Choice.IDs) throws -> String
        ) -> Operation {
            Operation(name: name) { store in
                let ids = try await choice.ids(in: store)
                return try await store.write(account, limits: limits, creating: creating) { try body($0, ids) }
            }
        }
        func read(_ name: String, _ body: @escaping @Sendable (UserReader, Choice.IDs) throws -> String) -> Operation {
            Operation(name: name) { store in
                let ids = try await choice.ids(in: store)
                return try await store.read(account, orEmpty: "empty") { try body($0, ids) }
            }
        }
        switch number(1...48) {
        case 1...6:
            let (members, repeats, imported) = (draft(), flag(12) ? 4 : 1, maybe(9, time()))
            return write("add") { transaction, ids in
                var texts = ""
                for _ in 0..<repeats {
                    var fields = FieldReader(members)
                    let draft = TodoDraft(fields: &fields)
                    try fields.finish()
                    texts += try transaction.addTodo(draft, completedAt: imported, origin: origin).text
                }
                return texts
            }
        case 7...9:
            let (members, versions) = (patch(), maybe(4, Set([number(1...4)])))
            return write("update") { transaction, ids in
                var fields = FieldReader(members)
                let patch = TodoPatch(fields: &fields)
                try fields.finish()
                return try transaction.updateTodo(ids.task, patch, origin: origin, ifVersion: versions).text
            }
        case 10:
            let members = draft()
            return write("replace") { transaction, ids in
                var fields = FieldReader(members)
                let draft = TodoDraft(fields: &fields)
                try fields.finish()
                return try transaction.replaceTodo(ids.task, draft, origin: origin).text
            }
        case 11...13:
            let completed = !flag(4)
            return write("complete") { transaction, ids in
                try transaction.setCompleted(ids.task, completed, origin: origin, timeZone: .gmt).text
            }
        case 14...15:
            return write("delete") { transaction, ids in
                try transaction.deleteTodo(ids.task, origin: origin).text
            }
        case 16:
            let count = number(1...4)
            let change: BulkChange = pick([.complete, .reopen, .delete, .setPriority(.high)])
            return write("bulk") { transaction, ids in
                try transaction.bulk(
                    change, Array(Set(transaction.todoIDs(.all).prefix(count) + [ids.task])).sorted(), origin: origin,
                    timeZone: .gmt
                ).map(\.text).joined()
            }
        case 17...19:
            let target: UndoTarget = pick([
                .last, .change(number(1...200)), .turn(number(1...30)), .lastTurn(excluding: maybe(2, number(1...30))),
            ])
            return write("undo \(target)") { transaction, _ in
                try transaction.undo(target, origin: origin).map { "\($0.id) \($0.undoneBy ?? 0) \($0.json.text)" }
                    .joined()
            }
        case 20...24:
            let query = query()
            return read("list \(query)") { reader, ids in
                var writer = JSONWriter()
                try reader.writeTodos(query, to: &writer)
                let page = try reader.todos(query)
                return String(buffer: writer.buffer) + page.items.map(\.text).joined() + (page.nextCursor ?? "end")
            }
        case 25:
            let status = pick(TodoQuery.Status.allCases)
            return read("statistics") { reader, ids in
                "\(try reader.statistics(timeZone: .gmt)) \(try reader.todoIDs(status)) \(try reader.counts())"
            }
        case 26...27:
            let limit = number(1...20)
            let cursor = cursor("changes")
            return read("journal") { reader, ids in
                let page = try reader.changes(limit: limit, cursor: cursor)
                return page.items.map { $0.json.text }.joined() + (page.nextCursor ?? "end")
            }
        case 28...29:
            let title = text(1...3)
            return write("converse") { transaction, _ in "\(try transaction.createConversation(title: title))" }
        case 30:
            let (title, isDeletion) = (text(1...3), flag(3))
            return write("rename") { transaction, ids in
                guard isDeletion else { return "\(try transaction.renameConversation(ids.conversation, title: title))" }
                try transaction.deleteConversation(ids.conversation)
                return "deleted"
            }
        case 31:
            let (search, limit) = (maybe(2, text(1...2)), number(1...6))
            let cursor = cursor("conversations")
            return read("conversations") { reader, ids in
                let page = try reader.conversations(
                    search: search, limit: limit, cursor: cursor)
                return "\(page)"
            }
        case 32...34:
            let (message, isKeyed) = (text(1...6), flag())
            return write("begin") { transaction, ids in
                let turn = try transaction.beginTurn(
                    conversation: ids.conversation, userMessage: message, idempotencyKey: isKeyed ? key : nil)
                if isKeyed { try transaction.claimIdempotency(key, requestHash: [1, 2], turn: turn.id) }
                let history = try transaction.history(
                    conversation: ids.conversation, turns: 3, bytes: 400, excluding: turn.id)
                return "\(turn) \(history) \(try transaction.changesToConfirm(before: turn))"
            }
        case 35...36:
            let step: TurnStep =
                flag()
                ? .model(content: text(0...3), calls: [], provider: "p", opaque: ["o": 1])
                : .tool(callIndex: number(0...3), callID: "c", tool: "t", result: .string(text(0...2)))
            return write("step") { transaction, ids in
                try transaction.appendStep(ids.claim, step)
                return
                    "\(try transaction.steps(turn: ids.claim.turn)) \(String(describing: try transaction.toolStep(turn: ids.claim.turn, callIndex: 0)))"
            }
        case 37...38:
            let end = Turn.End(
                status: pick([.done, .interrupted, .interrupted, .failed]), answer: maybe(1, text(1...4)),
                isComplete: flag(),
                provider: maybe(2, "p"), model: maybe(2, "m"),
                usage: maybe(2, Turn.Usage(inputTokens: 3, outputTokens: 4, cachedInputTokens: 1, cost: 0.25)),
                errorCode: maybe(4, pick([Turn.refusedCode, "provider_timeout"])))
            let asks = flag(3)
            return write("end") { transaction, ids in
                let asks = try asks && transaction.turn(ids.claim.turn) != nil
                if asks {
                    _ = try transaction.askConfirmation(
                        turn: ids.claim.turn, [Change.Effect(kind: .deleted, taskID: 1)])
                }
                try transaction.finishTurn(ids.claim, end)
                if asks { try transaction.markAsked(turn: ids.claim.turn) }
                return "\(String(describing: try transaction.answer(turn: ids.claim.turn)))"
            }
        case 39, 45...48:
            return write("resume") { transaction, ids in
                "\(try transaction.resumeTurn(ids.claim.turn)) \(try transaction.history(conversation: ids.conversation, turns: 4))"
            }
        case 40:
            let limit = number(1...8)
            let cursor = cursor("messages")
            return read("messages") { reader, ids in
                let page = try reader.messages(
                    conversation: ids.conversation, limit: limit, cursor: cursor)
                return "\(page) \(String(describing: try reader.turn(ids.claim.turn)))"
            }
        case 41...42:
            let (kind, status, body) = (number(1...5), maybe(2, 201), maybe(2, #"{"a":"\u0000ä"}"#))
            return write("key \(kind)") { transaction, ids in
                let before = try transaction.idempotency(key)
                switch kind {
                case 1, 2:
                    try transaction.claimIdempotency(key, requestHash: [1, 255])
                    try transaction.finishIdempotency(key, status: status, body: body)
                case 3: try transaction.interruptIdempotency(key)
                case 4: try transaction.resumeIdempotency(key)
                default: try transaction.releaseIdempotency(key)
                }
                return "\(String(describing: before)) \(String(describing: try transaction.idempotency(key)))"
            }
        case 43:
            return Operation(name: "forget") { "\(try await $0.forgetOld(of: account, limits: limits))" }
        default:
            guard flag(16) else {
                return Operation(name: "summary") { store in
                    guard let summary = try await store.summary(of: account) else { return "nobody" }
                    return "\(summary.tasks) \(summary.conversations) \(summary.messages) \(summary.changes)"
                }
            }
            return Operation(name: "delete user") { "\(try await $0.delete(account))" }
        }
    }
}
