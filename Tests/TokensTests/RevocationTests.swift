import Identity
import JSON
import Secrets
import Testing
import Time
import Tokens

@Suite struct RevocationTests {
    let alice: UserID
    let key: SigningKey

    init() throws {
        alice = try #require(UserID("alice"))
        key = try Fixture.key()
    }

    @Test func `A token is revoked by its jti, and by its hash where it has none`() throws {
        let named = try Fixture.token()
        let nameless = try Fixture.token(claims: #"{"sub":"alice","aud":"acme","exp":1800003600}"#)
        for token in [named, nameless] {
            var keys = Keys(own: [key])
            let verified = try Fixture.verdict(token, keys: keys).get()
            keys.revoked = Revocations([try Revocation(token, verified)])
            #expect(Fixture.verdict(token, keys: keys).failure == .revoked)
            let other = token == named ? nameless : named
            #expect(Fixture.verdict(other, keys: keys).failure == nil)
        }
    }

    @Test(
        arguments: [
            (#","iat":1799999999"#, TokenError.revoked), (#","iat":1800000000"#, .revoked), ("", .revoked),
            (#","iat":1800000001"#, nil),
        ] as [(String, TokenError?)])
    func `Revoking a user ends what was issued until then, or does not say when`(
        _ issued: String, _ error: TokenError?
    ) throws {
        let keys = Keys(own: [key], revoked: Revocations([.user(alice, until: Fixture.now)]))
        let token = try Fixture.token(claims: #"{"sub":"alice","aud":"acme","exp":1800003600\#(issued)}"#)
        #expect(Fixture.verdict(token, keys: keys).failure == error)
        let bob = try Fixture.token(claims: #"{"sub":"bob","aud":"acme","exp":1800003600\#(issued)}"#)
        #expect(Fixture.verdict(bob, keys: keys).failure == nil)
    }

    @Test func `A token issued in the second of the revocation is good`() throws {
        let keys = Keys(own: [key], revoked: Revocations([.user(alice, until: Fixture.now)]))
        let issued = try TokenIssuer.issue(
            user: alice, key: key, lifetime: .seconds(60), keys: keys, now: Fixture.now)
        #expect(Fixture.verdict(issued.token.revealed(), keys: keys).failure == nil)
    }

    @Test func `Revocations survive being written and read`() throws {
        let revocations = [
            Revocation.tokenID("t\"1", expires: Fixture.now + .seconds(10)),
            .digest(Array(repeating: 3, count: 32), expires: Fixture.now + .seconds(10)),
            .user(alice, until: Fixture.now),
        ]
        let bytes = revocations.flatMap { RevocationFile.encode($0) }
        let read = RevocationFile.decode(bytes, now: Fixture.now)
        #expect(read.revocations == revocations)
        #expect(read.problems.isEmpty)
    }

    @Test func `Entries are dropped once their tokens have expired by themselves`() {
        let bytes = RevocationFile.encode(.tokenID("t1", expires: Fixture.now))
        #expect(RevocationFile.decode(bytes, now: Fixture.now).revocations.isEmpty)
    }

    @Test func `A last line that was cut off does not count, and a broken line is named`() {
        let good = RevocationFile.encode(.user(alice, until: Fixture.now))
        let cut = RevocationFile.decode(good + good.dropLast(5), now: Fixture.now)
        #expect(cut.revocations.count == 1 && cut.problems.isEmpty)
        let broken = RevocationFile.decode(good + Array("{\"kind\":\"all\"}\n".utf8) + good, now: Fixture.now)
        #expect(broken.revocations.count == 2)
        #expect(broken.problems.map(\.line) == [2])
    }

    @Test(arguments: [
        "[]", "{}", "nonsense", #"{"kind":"token","expires":"2030-01-01T00:00:00Z"}"#,
        #"{"kind":"token","jti":"a","sha256":"00","expires":"2030-01-01T00:00:00Z"}"#, #"{"kind":"token","jti":"a"}"#,
        #"{"kind":"user","user":"../x","before":"2030-01-01T00:00:00Z"}"#,
        #"{"kind":"user","user":"a","before":"2030-01-01T00:00:00Z","also":1}"#,
        #"{"kind":"token","jti":"a","expires":"2030-02-30T00:00:00Z"}"#,
    ])
    func `A line outside the grammar is a problem`(_ line: String) {
        let read = RevocationFile.decode(Array((line + "\n").utf8), now: Fixture.now)
        #expect(read.revocations.isEmpty && read.problems.count == 1)
    }
}
