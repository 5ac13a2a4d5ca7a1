import Identity
import JSON
import TodoStore

extension StoreCheck {
    static let users: [StoreCheck] = [
        StoreCheck("A user who has nothing stored reads as empty, and is not made by reading") { test in
            let alice = try test.account()
            try same(try await test.titles(of: alice), [], "tasks")
            try same(try await test.store.summary(of: alice), nil, "summary")
            try await test.add("a", to: test.account("bob"))
            try same(try await test.store.tenants(), [alice.tenant], "tenants")
            try same(try await test.store.users(of: alice.tenant, limit: 9).count, 1, "users")
        },
        StoreCheck("A change of what must exist makes no user") { test in
            let alice = try test.account()
            try await refused(StoreError.notFound(.user), "a change of nobody's task") {
                try await test.store.write(alice, limits: StoreLimits(), creating: false) {
                    try $0.deleteTodo(1, origin: .user)
                }
            }
            try same(try await test.store.summary(of: alice), nil, "summary")
            try await test.add("a", to: alice)
            _ = try await test.store.write(alice, limits: StoreLimits(), creating: false) {
                try $0.deleteTodo(1, origin: .user)
            }
            try same(try await test.titles(of: alice), [], "tasks")
        },
        StoreCheck("Users of the same name in two tenants, and of one tenant, see nothing of each other") { test in
            let users = [try test.account(), try test.account("bob"), try test.account(of: "other")]
            for (number, user) in users.enumerated() { try await test.add("task \(number)", to: user) }
            for (number, user) in users.enumerated() {
                try same(try await test.titles(of: user), ["task \(number)"], "tasks")
            }
        },
        StoreCheck("All that was stored is there after a restart") { test in
            let alice = try test.account()
            try await test.add("a", "b", to: alice)
            try await test.restarted { store in
                let titles = try await store.read(alice, orEmpty: []) { try $0.todos(TodoQuery()).items.map(\.title) }
                try same(titles, ["a", "b"], "tasks")
            }
        },
        StoreCheck("A transaction that throws leaves nothing behind, not even a count") { test in
            struct Stop: Error, Equatable {}
            let alice = try test.account()
            let limits = StoreLimits(tasks: 2)
            try await test.add("a", to: alice)
            try await refused(Stop(), "its own error") {
                try await test.store.write(alice, limits: limits) { transaction in
                    _ = try transaction.addTodo(TodoDraft(title: "b"), origin: .user)
                    throw Stop()
                }
            }
            try same(try await test.titles(of: alice), ["a"], "tasks")
            _ = try await test.store.write(alice, limits: limits) {
                try $0.addTodo(TodoDraft(title: "c"), origin: .user)
            }
            try same(try await test.titles(of: alice), ["a", "c"], "tasks")
        },
        StoreCheck("Transactions of one user follow each other") { test in
            let alice = try test.account()
            try await test.add("0", to: alice)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        _ = try await test.store.write(alice) { transaction in
                            let count = Int(try transaction.todo(1)?.title ?? "") ?? 0
                            var fields = FieldReader(["title": .string("\(count + 1)")])
                            return try transaction.updateTodo(1, TodoPatch(fields: &fields), origin: .user)
                        }
                    }
                }
                try await group.waitForAll()
            }
            try same(try await test.titles(of: alice), ["20"], "additions")
        },
        StoreCheck("Users are listed in pages, by their hashes, and the deleted ones without their names") { test in
            let names = ["alice", "bob", "carol", "dave", "eve"]
            for name in names { try await test.add("a", to: test.account(name)) }
            let tenant = try test.account().tenant
            let all = try await test.store.users(of: tenant, limit: .max)
            try same(Set(all.compactMap(\.user?.rawValue)), Set(names), "users")
            try same(all.map(\.hash), all.map(\.hash).sorted(), "order")
            let page = try await test.store.users(of: tenant, after: all[1].hash, limit: 2)
            try same(page.map(\.hash), Array(all[2...3].map(\.hash)), "page")
            let bob = try test.account("bob")
            try same(try await test.store.delete(bob), true, "deleted")
            try same(try await test.store.delete(bob), false, "deleted again")
            try same(try await test.store.users(of: tenant, limit: .max).count { $0.user == nil }, 1, "tombstones")
            try same(try await test.titles(of: bob), [], "tasks of a deleted user")
            try same(try await test.store.summary(of: bob), nil, "summary of a deleted user")
            try await test.add("again", to: bob)
            try same(try await test.store.users(of: tenant, limit: .max).count { $0.user == nil }, 0, "tombstones")
        },
        StoreCheck("A tenant that is purged is refused until it is admitted, and others are served") { test in
            let (alice, other) = (try test.account(), try test.account(of: "other"))
            try await test.add("a", to: alice)
            try await test.add("b", to: other)
            try await test.store.purge(alice.tenant)
            do {
                _ = try await test.titles(of: alice)
                throw Failure("a purged tenant was served")
            } catch is StoreError {}
            try same(try await test.titles(of: other), ["b"], "tasks of the other tenant")
            test.store.admit(alice.tenant)
            try same(try await test.titles(of: alice), [], "tasks")
            try same(try await test.store.users(of: alice.tenant, limit: .max).count, 0, "users")
        },
        StoreCheck("A summary counts what a user has") { test in
            let alice = try test.account()
            try await test.add("a", "b", to: alice)
            _ = try await test.store.write(alice) { transaction in
                let conversation = try transaction.createConversation(title: "c")
                _ = try transaction.beginTurn(conversation: conversation.id, userMessage: "hello")
            }
            let summary = try await test.store.summary(of: alice)
            try same(summary?.tasks, 2, "tasks")
            try same(summary?.changes, 2, "changes")
            try same(summary?.conversations, 1, "conversations")
            try same(summary?.messages, 1, "messages")
        },
    ]
}
