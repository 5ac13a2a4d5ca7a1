import TodoStore

extension StoreCheck {
    static let limits: [StoreCheck] = [
        StoreCheck("Quotas of tasks, conversations, messages and users are kept to the last one") { test in
            let alice = try test.account()
            let limits = StoreLimits(tasks: 1, conversations: 1, users: 1, messages: 2)
            _ = try await test.store.write(alice, limits: limits) {
                try $0.addTodo(TodoDraft(title: "a"), origin: .user)
            }
            try await refused(StoreError.quotaExceeded(.tasks), "a second task") {
                try await test.store.write(alice, limits: limits) {
                    try $0.addTodo(TodoDraft(title: "b"), origin: .user)
                }
            }
            let turn = try await test.store.write(alice, limits: limits) { transaction in
                let conversation = try transaction.createConversation(title: "c").id
                return try transaction.beginTurn(conversation: conversation, userMessage: "hello")
            }
            try await refused(StoreError.quotaExceeded(.messages), "a question without room for its answer") {
                try await test.store.write(alice, limits: limits) {
                    try $0.beginTurn(conversation: turn.conversationID, userMessage: "again")
                }
            }
            try await refused(StoreError.quotaExceeded(.conversations), "a second conversation") {
                try await test.store.write(alice, limits: limits) { try $0.createConversation(title: "d") }
            }
            let bob = try test.account("bob")
            try await refused(StoreError.quotaExceeded(.users), "a second user") {
                try await test.store.write(bob, limits: limits) {
                    try $0.addTodo(TodoDraft(title: "a"), origin: .user)
                }
            }
            _ = try await test.store.write(alice, limits: limits) { try $0.deleteTodo(1, origin: .user) }
            _ = try await test.store.write(alice, limits: limits) {
                try $0.addTodo(TodoDraft(title: "in its place"), origin: .user)
            }
        },
        StoreCheck("A full user is refused more, and may delete") { test in
            let alice = try test.account()
            let limits = StoreLimits(bytes: 256 << 10)
            try await refused(StoreError.quotaExceeded(.bytes), "more than 256 KB") {
                for _ in 1...1000 {
                    _ = try await test.store.write(alice, limits: limits) { transaction in
                        try transaction.addTodo(
                            TodoDraft(title: "t", description: String(repeating: "x", count: 1000)), origin: .user)
                    }
                }
            }
            _ = try await test.store.write(alice, limits: limits) { try $0.deleteTodo(1, origin: .user) }
        },
        StoreCheck("The journal keeps its newest entries, and no older ones than the tenant keeps") { test in
            let alice = try test.account()
            let limits = StoreLimits(changes: 3, retentionSeconds: 1000)
            func add(_ title: String) async throws {
                _ = try await test.store.write(alice, limits: limits) {
                    try $0.addTodo(TodoDraft(title: title), origin: .user)
                }
            }
            func entries() async throws -> [Int] {
                try await test.store.read(alice, orEmpty: []) { try $0.changes(limit: 9).items.map(\.id) }
            }
            for number in 1...5 { try await add("task \(number)") }
            try same(try await entries(), [5, 4, 3], "by number")
            test.advance(1001)
            try await add("task 6")
            try same(try await entries(), [6], "by age")
        },
        StoreCheck("What is older than the tenant keeps is forgotten, except conversations with a running turn") {
            test in
            let alice = try test.account()
            let limits = StoreLimits(retentionSeconds: 1000)
            try await test.add("a", to: alice)
            _ = try await test.store.write(alice) { transaction in
                _ = try transaction.createConversation(title: "over")
                let running = try transaction.createConversation(title: "running").id
                _ = try transaction.beginTurn(conversation: running, userMessage: "hello")
            }
            try same(try await test.store.forgetOld(of: alice, limits: limits), false, "forgotten at once")
            test.advance(1001)
            try same(try await test.store.forgetOld(of: alice, limits: limits), true, "forgotten")
            try await test.store.read(alice, orEmpty: ()) { reader in
                try same(try reader.conversations(limit: 9).items.map(\.title), ["running"], "conversations")
                try same(try reader.changes(limit: 9).items.count, 0, "journal")
                try same(try reader.counts().tasks, 1, "tasks")
            }
            try same(try await test.store.forgetOld(of: try test.account("nobody"), limits: limits), false, "nobody")
        },
    ]
}
