import TodoStore

extension StoreCheck {
    static let requests: [StoreCheck] = [
        StoreCheck("An idempotency key is taken once, keeps its answer, and expires") { test in
            let alice = try test.account()
            try await test.store.write(alice) { transaction in
                try transaction.claimIdempotency("k", requestHash: [1, 2, 255])
                try transaction.finishIdempotency("k", status: 201, body: #"{"id":1}"#)
            }
            try await refused(StoreError.keyTaken, "a second claim") {
                try await test.store.write(alice) { try $0.claimIdempotency("k", requestHash: [1]) }
            }
            let record = try await test.store.read(alice, orEmpty: nil) { try $0.idempotency("k") }
            try same(record?.state, .done, "state")
            try same(record?.status, 201, "status")
            try same(record?.requestHash, [1, 2, 255], "hash")
            try same(record?.body, #"{"id":1}"#, "body")
            test.advance(IdempotencyRecord.lifetimeSeconds)
            try same(try await test.store.read(alice, orEmpty: nil) { try $0.idempotency("k") }, nil, "expired key")
            try await test.store.write(alice) { try $0.claimIdempotency("k", requestHash: [1]) }
        },
        StoreCheck("An interrupted key can be resumed, and a released one taken") { test in
            let alice = try test.account()
            try await test.store.write(alice) { transaction in
                try transaction.claimIdempotency("k", requestHash: [1])
                try transaction.interruptIdempotency("k")
                try same(try transaction.idempotency("k")?.state, .interrupted, "state")
                try transaction.resumeIdempotency("k")
                try same(try transaction.idempotency("k")?.state, .running, "state")
                try transaction.releaseIdempotency("k")
                try transaction.claimIdempotency("k", requestHash: [2])
            }
        },
        StoreCheck("A confirmation counts for the next turn, when its question was stored") { test in
            let alice = try test.account()
            let wanted = [Change.Effect(kind: .deleted, taskID: 1), Change.Effect(kind: .updated, taskID: 2)]
            for isAsked in [false, true] {
                let found = try await test.store.write(alice) { transaction in
                    let conversation = try transaction.createConversation(title: "c").id
                    let first = try transaction.beginTurn(conversation: conversation, userMessage: "delete")
                    _ = try transaction.askConfirmation(turn: first.id, wanted)
                    try transaction.finishTurn(first.claim, Turn.End(status: .done, answer: "Sure?", isComplete: true))
                    if isAsked { try transaction.markAsked(turn: first.id) }
                    let next = try transaction.beginTurn(conversation: conversation, userMessage: "yes")
                    try same(try transaction.wantedChanges(turn: first.id), wanted, "wanted changes")
                    return try transaction.changesToConfirm(before: next)
                }
                try same(found, isAsked ? Set(wanted) : [], "changes that the next turn may make")
            }
        },
    ]
}
