import Postgres
import PostgresStore
import StoreConformance
import StoreTesting
import Testing

@Suite struct StoreConformanceTests {
    @Test(
        "PostgreSQL has the properties of a store, also with the unnamed statements that a pooler needs",
        arguments: StoreCheck.all, [false, true])
    func conforms(check: StoreCheck, throughPooler: Bool) async throws {
        try await PostgresFixture.run {
            $0.database.usesPooler = throughPooler
        } _: { fixture in
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
