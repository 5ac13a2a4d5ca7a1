import Identity
import JSON
import Secrets
import Testing
import Time
import Tokens

@Suite struct TokenVerifierTests {
    let keys: Keys

    init() throws { keys = Keys(own: [try Fixture.key()]) }

    private func verify(_ token: String, keys: Keys? = nil, host: TenantID? = nil) throws -> VerifiedToken {
        try TokenVerifier(keys: keys ?? self.keys).verify(token, host: host, now: Fixture.now)
    }

    @Test func `A good token says who, with what and how long`() throws {
        let verified = try verify(Fixture.token())
        #expect(verified.account == Account(tenant: Fixture.acme, user: try #require(UserID("alice"))))
        #expect(verified.kid == Fixture.kid("k1"))
        #expect(verified.scopes == .all)
        #expect(verified.expiresAt == UnixTime(1_800_003_600))
        #expect(verified.issuedAt == Fixture.now)
        #expect(verified.tokenID == "t1")
    }

    @Test func `The example of RFC 7515, appendix A.1, bears the signature of its key`() throws {
        let token =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let secret = try #require(
            Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let key = try Fixture.key(secret: Secret(secret), origin: .imported, issuer: "joe", userClaim: "iss")
        let verified = try TokenVerifier(keys: Keys(imported: [key])).verify(
            token, host: Fixture.acme, now: UnixTime(1_300_819_379))
        #expect(verified.account.user.rawValue == "joe")
    }

    @Test(arguments: zip(SigningAlgorithm.allCases, HashAlgorithm.allCases))
    func `Each algorithm verifies what it has signed`(_ algorithm: SigningAlgorithm, _ hash: HashAlgorithm) throws {
        let keys = Keys(own: [try Fixture.key(algorithm: algorithm)])
        let header = #"{"alg":"\#(algorithm.rawValue)","kid":"k1"}"#
        #expect(try verify(Fixture.token(header: header, hash: hash), keys: keys).account.tenant == Fixture.acme)
        for other in HashAlgorithm.allCases where other != hash {
            let token = try Fixture.token(header: header, hash: other)
            #expect(throws: TokenError.signature) { try verify(token, keys: keys) }
        }
    }

    @Test(
        arguments: [
            (SigningKey.State.active, nil, nil), (.verify, nil, nil), (.revoked, nil, TokenError.revokedKey),
            (.verify, 1_800_000_001, nil), (.verify, 1_800_000_000, .endedKey), (.active, 1_799_999_999, .endedKey),
        ] as [(SigningKey.State, Int?, TokenError?)])
    func `A key verifies until it is revoked or ends`(
        _ state: SigningKey.State, _ notAfter: Int?, _ error: TokenError?
    ) throws {
        let keys = Keys(own: [try Fixture.key(state: state, notAfter: notAfter.map { UnixTime($0) })])
        let verdict = Fixture.verdict(try Fixture.token(), keys: keys)
        #expect(verdict.failure == error)
    }

    @Test(
        arguments: [
            (1_800_000_001, nil), (1_800_000_000, .expired), (1_799_999_999, .expired), (1_800_086_400, nil),
            (1_800_086_401, .livesTooLong),
        ] as [(Int, TokenError?)])
    func `A token is good before its exp, and for no longer than the tenant allows`(
        _ exp: Int, _ error: TokenError?
    ) throws {
        let claims = #"{"sub":"alice","aud":"acme","iat":1800000000,"exp":\#(exp)}"#
        #expect(Fixture.verdict(try Fixture.token(claims: claims), keys: keys).failure == error)
        let undated = #"{"sub":"alice","aud":"acme","exp":\#(exp)}"#
        #expect(Fixture.verdict(try Fixture.token(claims: undated), keys: keys).failure == error)
    }

    @Test(
        arguments: [
            ("nbf", 1_800_000_060, nil), ("nbf", 1_800_000_061, .notYetValid), ("iat", 1_800_000_060, nil),
            ("iat", 1_800_000_061, .issuedInFuture),
        ] as [(String, Int, TokenError?)])
    func `Another clock may be a minute ahead and no more`(_ claim: String, _ time: Int, _ error: TokenError?) throws {
        let claims = #"{"sub":"alice","aud":"acme","exp":1800003600,"\#(claim)":\#(time)}"#
        #expect(Fixture.verdict(try Fixture.token(claims: claims), keys: keys).failure == error)
    }

    @Test(
        arguments: [
            (nil, .all), ("", []), ("chat", .chat), ("tasks:read tasks:write", [.tasksRead, .tasksWrite]),
            ("openid chat", .chat), ("admin", []),
        ] as [(String?, TokenScopes)])
    func `A scope claim grants what it names, and no claim grants all`(_ scope: String?, _ scopes: TokenScopes) throws {
        let member = scope.map { #","scope":"\#($0)""# } ?? ""
        let claims = #"{"sub":"alice","aud":"acme","exp":1800003600\#(member)}"#
        #expect(try verify(Fixture.token(claims: claims)).scopes == scopes)
    }

    @Test func `An own token must be for the tenant that nginx names`() throws {
        let token = try Fixture.token()
        #expect(try verify(token, host: Fixture.acme).account.tenant == Fixture.acme)
        #expect(throws: TokenError.wrongTenant) { try verify(token, host: Fixture.globex) }
    }

    @Test func `A token for one tenant is not good with another tenant's key`() throws {
        let keys = Keys(own: [
            try Fixture.key(), try Fixture.key("k2", tenant: Fixture.globex, secret: Fixture.secret(2)),
        ])
        let header = #"{"alg":"HS256","kid":"k2"}"#
        #expect(throws: TokenError.signature) { try verify(Fixture.token(header: header), keys: keys) }
        let crossed = try Fixture.token(header: header, key: Fixture.secret(2))
        #expect(throws: TokenError.audience) { try verify(crossed, keys: keys) }
    }
}

extension Result where Failure == TokenError {
    /// The error; nil for success.
    var failure: TokenError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
