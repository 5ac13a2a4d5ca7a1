import StoreConformance
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct StoreConformanceTests {
    @Test("SQLite has the properties of a store", arguments: StoreCheck.all)
    func conforms(check: StoreCheck) async throws {
        try await StoreFixture.run { fixture in
            let test = StoreUnderTest(
                store: fixture.store, advance: { fixture.clock.advance(seconds: $0) },
                restarted: { body in
                    await fixture.store.close()
                    try await fixture.reopened { try await body($0.store) }
                })
            try await check.run(test)
        }
    }
}
