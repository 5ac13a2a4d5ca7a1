import Identity
import JSON
import Secrets
import Testing
import Tokens

@Suite struct ImportedKeyTests {
    private let claims = #"{"sub":"alice","exp":1900000000}"#
    private let headerWithoutID = #"{"alg":"HS256"}"#

    private func imported(_ id: String, _ byte: UInt8, tenant: TenantID = Fixture.acme) throws -> SigningKey {
        try Fixture.key(id, tenant: tenant, secret: Fixture.secret(byte), origin: .imported)
    }

    @Test func `An imported key counts only where nginx names its tenant`() throws {
        let keys = Keys(imported: [try imported("i1", 5)])
        let token = try Fixture.token(header: #"{"alg":"HS256","kid":"i1"}"#, claims: claims, key: Fixture.secret(5))
        #expect(try Fixture.verdict(token, keys: keys, host: Fixture.acme).get().account.tenant == Fixture.acme)
        #expect(Fixture.verdict(token, keys: keys, host: Fixture.globex).failure == .unknownKey)
        #expect(Fixture.verdict(token, keys: keys).failure == .unknownKey)
    }

    @Test func `A token without kid is tried with the named tenant's imported keys`() throws {
        let keys = Keys(imported: [
            try imported("i1", 5), try imported("i2", 6), try imported("o1", 7, tenant: Fixture.globex),
        ])
        let token = try Fixture.token(header: headerWithoutID, claims: claims, key: Fixture.secret(6))
        #expect(try Fixture.verdict(token, keys: keys, host: Fixture.acme).get().kid == Fixture.kid("i2"))
        #expect(Fixture.verdict(token, keys: keys, host: Fixture.globex).failure == .signature)
        #expect(Fixture.verdict(token, keys: keys).failure == .keyIDMissing)
    }

    @Test func `An own key is never tried for a token without kid`() throws {
        let token = try Fixture.token(header: headerWithoutID)
        #expect(Fixture.verdict(token, keys: Keys(own: [try Fixture.key()]), host: Fixture.acme).failure == .unknownKey)
    }

    @Test func `At most four keys are tried`() throws {
        let keys = Keys(imported: try (0..<5).map { try imported("i\($0)", UInt8($0 + 10)) })
        let fourth = try Fixture.token(header: headerWithoutID, claims: claims, key: Fixture.secret(13))
        #expect(Fixture.verdict(fourth, keys: keys, host: Fixture.acme).failure == nil)
        let fifth = try Fixture.token(header: headerWithoutID, claims: claims, key: Fixture.secret(14))
        #expect(Fixture.verdict(fifth, keys: keys, host: Fixture.acme).failure == .signature)
    }

    @Test(
        arguments: [
            (#"{"sub":"u","exp":1900000000,"iss":"https://id.acme","aud":"todo"}"#, nil),
            (#"{"sub":"u","exp":1900000000,"iss":"https://id.acme","aud":["x","todo"]}"#, nil),
            (#"{"sub":"u","exp":1900000000,"iss":"https://id.acme/","aud":"todo"}"#, .issuer),
            (#"{"sub":"u","exp":1900000000,"iss":["https://id.acme"],"aud":"todo"}"#, .issuer),
            (#"{"sub":"u","exp":1900000000,"aud":"todo"}"#, .issuer),
            (#"{"sub":"u","exp":1900000000,"iss":"https://id.acme"}"#, .audience),
            (#"{"sub":"u","exp":1900000000,"iss":"https://id.acme","aud":"todos"}"#, .audience),
        ] as [(String, TokenError?)])
    func `Issuer and audience are exact where the key names them`(_ claims: String, _ error: TokenError?) throws {
        let key = try Fixture.key(origin: .imported, issuer: "https://id.acme", audience: "todo")
        let verdict = Fixture.verdict(
            try Fixture.token(claims: claims), keys: Keys(imported: [key]), host: Fixture.acme)
        #expect(verdict.failure == error)
    }

    @Test func `The claim that holds the user can be another than sub`() throws {
        let key = try Fixture.key(origin: .imported, userClaim: "email")
        let keys = Keys(imported: [key])
        let token = try Fixture.token(claims: #"{"sub":"1","email":"a@acme.example","exp":1900000000}"#)
        #expect(
            try Fixture.verdict(token, keys: keys, host: Fixture.acme).get().account.user.rawValue == "a@acme.example")
        let other = try Fixture.token(claims: #"{"sub":"1","exp":1900000000}"#)
        #expect(Fixture.verdict(other, keys: keys, host: Fixture.acme).failure == .user)
    }
}
