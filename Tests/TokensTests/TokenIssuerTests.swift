import Identity
import JSON
import Secrets
import Testing
import Time
import Tokens

@Suite struct TokenIssuerTests {
    let alice: UserID

    init() throws { alice = try #require(UserID("alice")) }

    @Test(arguments: SigningAlgorithm.allCases)
    func `What is issued is good and says what it was asked to say`(_ algorithm: SigningAlgorithm) throws {
        let keys = Keys(own: [try Fixture.key(algorithm: algorithm)])
        let issued = try TokenIssuer.issue(
            user: alice, key: keys.own[0], lifetime: .seconds(3_600), scopes: [.chat, .tasksRead], keys: keys,
            now: Fixture.now)
        let verified = try Fixture.verdict(issued.token.revealed(), keys: keys).get()
        #expect(verified.account == Account(tenant: Fixture.acme, user: alice))
        #expect(verified.scopes == [.chat, .tasksRead])
        #expect(verified.expiresAt == UnixTime(1_800_003_600))
        #expect(verified.tokenID == issued.tokenID)
        let claims = try UnverifiedToken(issued.token.revealed()).claims()
        #expect(claims.names == ["sub", "aud", "iat", "exp", "jti", "scope"])
        #expect(claims["scope"] == "chat tasks:read")
    }

    @Test func `Two tokens have two ids`() throws {
        let keys = Keys(own: [try Fixture.key()])
        let ids = try (0..<2).map { _ in
            try TokenIssuer.issue(user: alice, key: keys.own[0], lifetime: .seconds(1), keys: keys, now: Fixture.now)
                .tokenID
        }
        #expect(ids[0] != ids[1])
    }

    @Test(arguments: [0, 86_401, -5]) func `A life outside the tenant's limit is refused`(_ seconds: Int) throws {
        let keys = Keys(own: [try Fixture.key()])
        #expect(throws: TokenIssuer.Failure.lifetime(longest: .seconds(86_400))) {
            try TokenIssuer.issue(
                user: alice, key: keys.own[0], lifetime: .seconds(seconds), keys: keys, now: Fixture.now)
        }
    }

    @Test func `Only an own, active key signs`() throws {
        for key in [
            try Fixture.key(state: .verify), try Fixture.key(state: .revoked), try Fixture.key(notAfter: Fixture.now),
            try Fixture.key(origin: .imported),
        ] {
            #expect(throws: TokenIssuer.Failure.keyDoesNotSign) {
                try TokenIssuer.issue(user: alice, key: key, lifetime: .seconds(60), keys: Keys(), now: Fixture.now)
            }
        }
    }

    @Test func `Key ids are random, 96 bits long and safe as file names`() throws {
        let (first, second) = (try KeyID.random(), try KeyID.random())
        #expect(first != second && first.rawValue.count == 16)
        #expect(KeyID(first.rawValue) == first)
    }

    @Test(arguments: [
        ("2026-01-31T12:00:00Z", 1_769_860_800), ("1970-01-01T00:00:00Z", 0), ("2028-02-29T23:59:59Z", 1_835_481_599),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func `Times are RFC 3339 in UTC`(_ text: String, _ seconds: Int) {
        #expect(UnixTime(rfc3339: text) == UnixTime(seconds))
        #expect(UnixTime(seconds).description == text)
    }

    @Test(arguments: [
        "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00", "", "2026-1-1T00:00:00Z", "٢٠٢٦-01-01T00:00:00Z",
    ])
    func `Other times are refused`(_ text: String) { #expect(UnixTime(rfc3339: text) == nil) }
}
