import PostgresStore
import StoreConformance
import Testing

@Suite struct StoreConformanceTests {
    @Test("PostgreSQL has the properties of a store", arguments: StoreCheck.all)
    func conforms(check: StoreCheck) async throws {
        try await PostgresFixture.run { fixture in
            let test = StoreUnderTest(
                store: fixture.store, advance: { fixture.clock.advance(seconds: $0) },
                restarted: { body in
                    await fixture.store.close()
                    try await fixture.other { try await body($0.store) }
                })
            try await check.run(test)
        }
    }
}
