import JSON
import TodoStore

extension StoreCheck {
    private static func begin(_ test: StoreUnderTest, key: String? = nil) async throws -> Turn {
        try await test.store.write(test.account()) { transaction in
            let conversation = try transaction.createConversation(title: "Shopping").id
            let turn = try transaction.beginTurn(
                conversation: conversation, userMessage: "Add milk", idempotencyKey: key)
            if let key { try transaction.claimIdempotency(key, requestHash: [1, 2], turn: turn.id) }
            return turn
        }
    }

    private static let steps: [TurnStep] = [
        .model(
            content: "One moment.",
            calls: [TurnStep.Call(id: "c", name: "add_task", arguments: ["title": "milk"], opaque: ["o": 1])],
            provider: "p", opaque: nil),
        .tool(callIndex: 0, callID: "c", tool: "add_task", result: ["task_id": 1]),
    ]

    static let turns: [StoreCheck] = [
        StoreCheck("A turn keeps its steps in order, its answer and what it used") { test in
            let alice = try test.account()
            let turn = try await begin(test)
            for step in steps { try await test.store.write(alice) { try $0.appendStep(turn.claim, step) } }
            let usage = Turn.Usage(inputTokens: 11, outputTokens: 7, cachedInputTokens: 5, cost: 0.125)
            try await test.store.write(alice) { transaction in
                try transaction.finishTurn(
                    turn.claim,
                    Turn.End(
                        status: .done, answer: "Added.", isComplete: true, provider: "p", model: "m", usage: usage))
            }
            try await test.store.read(alice, orEmpty: ()) { reader in
                try same(try reader.steps(turn: turn.id), steps, "steps")
                try same(try reader.toolStep(turn: turn.id, callIndex: 0), steps[1], "step of a call")
                try same(try reader.turn(turn.id)?.status, .done, "status")
                let messages = try reader.messages(conversation: turn.conversationID, limit: 10).items
                try same(messages.map(\.content), ["Add milk", "Added."], "messages")
                try same(messages[1].usage, usage, "usage")
                try same(messages[1].toolCalls.map(\.arguments), [["title": "milk"]], "tool calls")
                try same(try reader.answer(turn: turn.id), messages[1], "answer")
                let history = try reader.history(conversation: turn.conversationID, turns: 5)
                try same(history.map(\.steps), [steps], "steps of the history")
                try same(history.map(\.answer), ["Added."], "answer of the history")
            }
        },
        StoreCheck("A call has one result, and an ended turn takes no step") { test in
            let alice = try test.account()
            let turn = try await begin(test)
            for step in steps { try await test.store.write(alice) { try $0.appendStep(turn.claim, step) } }
            try await refused(StoreError.stepRefused, "a second result") {
                try await test.store.write(alice) { try $0.appendStep(turn.claim, steps[1]) }
            }
            let end = Turn.End(status: .done, answer: nil, isComplete: true)
            try await test.store.write(alice) { try $0.finishTurn(turn.claim, end) }
            try await refused(StoreError.stepRefused, "a step after the end") {
                try await test.store.write(alice) { try $0.appendStep(turn.claim, steps[0]) }
            }
            try await refused(StoreError.notFound(.turn), "a second end") {
                try await test.store.write(alice) { try $0.finishTurn(turn.claim, end) }
            }
        },
        StoreCheck("A turn that was resumed belongs to its latest attempt") { test in
            let alice = try test.account()
            let first = try await begin(test)
            try await test.store.write(alice) {
                try $0.finishTurn(first.claim, Turn.End(status: .interrupted, answer: "so", isComplete: false))
            }
            let second = try await test.store.write(alice) { try $0.resumeTurn(first.id) }
            try await refused(StoreError.stepRefused, "a step of the first attempt") {
                try await test.store.write(alice) { try $0.appendStep(first.claim, steps[1]) }
            }
            try await refused(StoreError.notFound(.turn), "the end of the first attempt") {
                try await test.store.write(alice) {
                    try $0.finishTurn(first.claim, Turn.End(status: .done, answer: "late", isComplete: true))
                }
            }
            try await test.store.write(alice) { transaction in
                try transaction.appendStep(second.claim, steps[1])
                try transaction.finishTurn(second.claim, Turn.End(status: .done, answer: "whole", isComplete: true))
            }
            let answer = try await test.store.read(alice, orEmpty: nil) { try $0.answer(turn: first.id)?.content }
            try same(answer, "whole", "answer")
        },
        StoreCheck("The end of a process interrupts its turns once, and abandons them the second time") { test in
            let alice = try test.account()
            let turn = try await begin(test, key: "k")
            try await test.store.write(alice) { try $0.appendStep(turn.claim, steps[0]) }
            try await test.restarted { store in
                let states = try await store.read(alice, orEmpty: nil) { reader in
                    (
                        try reader.turn(turn.id)?.status, try reader.idempotency("k")?.state,
                        try reader.answer(turn: turn.id)
                    )
                }
                try same(states?.0, .interrupted, "turn")
                try same(states?.1, .interrupted, "key")
                try same(states?.2?.content, "One moment.", "what was said so far")
                try same(states?.2?.status, .incomplete, "its message")
                try await store.write(alice) { transaction in
                    try transaction.resumeIdempotency("k")
                    _ = try transaction.resumeTurn(turn.id)
                }
            }
            try await test.restarted { store in
                let states = try await store.read(alice, orEmpty: nil) { reader in
                    (try reader.turn(turn.id), try reader.idempotency("k")?.state)
                }
                try same(states?.0?.status, .failed, "turn")
                try same(states?.0?.errorCode, "abandoned", "error")
                try same(states?.1, .abandoned, "key")
                let history = try await store.read(alice, orEmpty: []) {
                    try $0.history(conversation: turn.conversationID, turns: 5)
                }
                try same(history, [], "history")
            }
        },
        StoreCheck("A history has the last turns that fit, oldest first, and the last one in any case") { test in
            let alice = try test.account()
            let conversation = try await test.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "c").id
                for number in 1...4 {
                    let turn = try transaction.beginTurn(conversation: conversation, userMessage: "question \(number)")
                    try transaction.finishTurn(
                        turn.claim, Turn.End(status: .done, answer: "answer \(number)", isComplete: true))
                }
                _ = try transaction.beginTurn(conversation: conversation, userMessage: "running")
                return conversation
            }
            try await test.store.read(alice, orEmpty: ()) { reader in
                func questions(turns: Int, bytes: Int = .max, excluding: Int? = nil) throws -> [Int] {
                    try reader.history(conversation: conversation, turns: turns, bytes: bytes, excluding: excluding)
                        .map(\.turn.id)
                }
                try same(try questions(turns: 3), [2, 3, 4], "three turns")
                try same(try questions(turns: 3, excluding: 4), [1, 2, 3], "without the last")
                // A question and its answer are 18 bytes.
                try same(try questions(turns: 9, bytes: 36), [3, 4], "36 bytes")
                try same(try questions(turns: 9, bytes: 35), [4], "35 bytes")
                try same(try questions(turns: 9, bytes: 1), [4], "one byte")
            }
        },
        StoreCheck("Messages without an answer do not push turns out of a history, and refused ones are not in it") {
            test in
            let alice = try test.account()
            let conversation = try await test.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "c").id
                let codes: [String?] = [
                    nil, nil, "provider_unavailable", Turn.refusedCode, "provider_unavailable", nil,
                ]
                for (number, code) in codes.enumerated() {
                    let turn = try transaction.beginTurn(conversation: conversation, userMessage: "q\(number)")
                    let end = Turn.End(
                        status: code == nil ? .done : .failed, answer: code == nil ? "a" : nil, isComplete: code == nil,
                        errorCode: code)
                    try transaction.finishTurn(turn.claim, end)
                }
                return conversation
            }
            try await test.store.read(alice, orEmpty: ()) { reader in
                func questions(turns: Int) throws -> [String] {
                    try reader.history(conversation: conversation, turns: turns).map(\.userMessage)
                }
                try same(try questions(turns: 9), ["q0", "q1", "q2", "q4", "q5"], "all")
                try same(try questions(turns: 2), ["q1", "q2", "q4", "q5"], "two answered turns")
                try same(try questions(turns: 1), ["q2", "q4", "q5"], "one answered turn")
            }
        },
        StoreCheck("Conversations are listed by their last message, searched, renamed and deleted whole") { test in
            let alice = try test.account()
            for title in ["first", "second", "third"] {
                test.advance(1)
                _ = try await test.store.write(alice) { transaction in
                    let id = try transaction.createConversation(title: title).id
                    _ = try transaction.beginTurn(conversation: id, userMessage: "about \(title.uppercased())")
                }
            }
            test.advance(1)
            _ = try await test.store.write(alice) { try $0.renameConversation(1, title: "First") }
            try await test.store.read(alice, orEmpty: ()) { reader in
                let page = try reader.conversations(limit: 2)
                try same(page.items.map(\.id), [1, 3], "first page")
                let cursor = page.nextCursor.flatMap { PageCursor($0) }
                try same(try reader.conversations(limit: 2, cursor: cursor).items.map(\.id), [2], "second page")
                let found = try reader.conversations(search: "about second", limit: 5).items
                try same(found.map(\.id), [2], "words of a message")
            }
            try await test.store.write(alice) { try $0.deleteConversation(1) }
            try await test.store.read(alice, orEmpty: ()) { reader in
                try same(try reader.messages(conversation: 1, limit: 5).items, [], "messages of a deleted one")
                try same(try reader.turn(1), nil, "turn of a deleted one")
            }
            try await refused(StoreError.notFound(.conversation), "a turn in a deleted one") {
                try await test.store.write(alice) { try $0.beginTurn(conversation: 1, userMessage: "x") }
            }
        },
    ]
}
