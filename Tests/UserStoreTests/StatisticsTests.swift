import Foundation
import StoreTesting
import Testing
import Time

@testable import TodoStore

@Suite struct StatisticsTests {
    @Test("Counts, weeks and streaks are those of the user's time zone", arguments: StoreBackend.allCases)
    func statistics(backend: StoreBackend) async throws {
        let alice = StoreFixture.alice
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        // Sunday, 22 November 2026, 19:54 in UTC.
        try await StoreFixture.run(backend) { fixture in
            let now = fixture.clock.now
            func add(_ priority: Priority, due: Int? = nil, completed: Int? = nil) async throws {
                let draft = try TodoDraft(title: "t", priority: priority, dueAt: due.map { now.adding(seconds: $0) })
                _ = try await fixture.store.write(alice) {
                    try $0.addTodo(draft, completedAt: completed.map { now.adding(seconds: $0) }, origin: .user)
                }
            }
            let none = try await fixture.store.read(alice, orEmpty: .none) { try $0.statistics(timeZone: berlin) }
            #expect(none == .none)
            let day = 86_400
            try await add(.low, due: -1)
            try await add(.medium, due: 1)
            try await add(.high, due: -1, completed: 0)
            try await add(.high, completed: -day)
            try await add(.high, completed: -2 * day)
            try await add(.high, completed: -4 * day)
            // Monday began at 23:00 in UTC.
            try await add(.high, completed: -6 * day + 3 * 3600)
            try await add(.high, completed: -7 * day + 3 * 3600 - 600)
            let statistics = try await fixture.store.read(alice, orEmpty: .none) {
                try $0.statistics(timeZone: berlin)
            }
            #expect(statistics.total == 8 && statistics.pending == 2 && statistics.completed == 6)
            #expect(statistics.overdue == 1)
            #expect(statistics.completedThisWeek == 5)
            #expect(statistics.streakDays == 3)
            #expect(statistics.low == 1 && statistics.medium == 1 && statistics.high == 6)
            fixture.clock.advance(seconds: day)
            let tomorrow = try await fixture.store.read(alice, orEmpty: .none) { try $0.statistics(timeZone: berlin) }
            #expect(tomorrow.streakDays == 3 && tomorrow.completedThisWeek == 0)
            fixture.clock.advance(seconds: day)
            let later = try await fixture.store.read(alice, orEmpty: .none) { try $0.statistics(timeZone: berlin) }
            #expect(later.streakDays == 0)
        }
    }
}
