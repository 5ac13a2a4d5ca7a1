import Identity
import JSON
import Secrets
import Testing
import Tokens

@Suite struct KeyFileTests {
    @Test func `A key survives being written and read`() throws {
        let keys = [
            try Fixture.key(), try Fixture.key(algorithm: .hs512, state: .revoked, notAfter: Fixture.now),
            try Fixture.key(origin: .imported, issuer: "https://id", audience: "todo", userClaim: "email"),
        ]
        for key in keys {
            let file = KeyFile.encode(key)
            #expect(try KeyFile.decode(file.revealedBytes(), kid: key.kid, tenant: key.tenant) == key)
        }
    }

    @Test(arguments: [
        (#""kid":"k1""#, #""kid":"k2""#, "kid: must be the file's name without .json"),
        (#""tenant":"acme""#, #""tenant":"globex""#, "tenant: must be the folder's name, acme"),
        (#""alg":"HS256""#, #""alg":"none""#, "alg: must be one of HS256, HS384, HS512"),
        (#""alg":"HS256","#, "", "alg: is required"),
        (#""state":"active""#, #""state":"on""#, "state: must be one of active, verify, revoked"),
        (#""origin":"own""#, #""origin":"stolen""#, "origin: must be one of own, imported"),
        (#""origin":"own""#, #""origin":"own","note":1"#, "note: is unknown"),
        (
            #""created_at":"2027-01-15T08:00:00Z""#, #""created_at":"yesterday""#,
            "created_at: must be a time like 2026-01-31T12:00:00Z, not a string"
        ),
        (
            #""kid":"k1","#, #""kid":"k1","kid":"k1","#,
            "file: is not JSON: an object has a duplicate member at byte 12"
        ),
        (#"{"kid""#, #"[{"kid""#, "file: is not JSON: unexpected end"),
    ])
    func `A key file outside the grammar is refused with its reason`(
        _ old: String, _ new: String, _ message: String
    ) throws {
        let text = KeyFile.encode(try Fixture.key()).revealed().replacing(old, with: new)
        let error = #expect(throws: FieldErrors.self) {
            try KeyFile.decode(Array(text.utf8), kid: Fixture.kid("k1"), tenant: Fixture.acme)
        }
        if new.hasPrefix("[") {
            #expect(error?.description.hasPrefix("file: is not JSON: ") == true)
        } else {
            #expect(error?.description == message)
        }
    }

    @Test(arguments: zip(SigningAlgorithm.allCases, [31, 47, 63]))
    func `A secret shorter than the hash is refused`(_ algorithm: SigningAlgorithm, _ count: Int) throws {
        let secret = Base64URL.encode(Array(repeating: 1, count: count))
        let text = #"""
            {"kid":"k1","tenant":"acme","alg":"\#(algorithm.rawValue)","secret":"\#(secret)","state":"active",
             "created_at":"2027-01-15T08:00:00Z","origin":"own"}
            """#
        let error = #expect(throws: FieldErrors.self) {
            try KeyFile.decode(Array(text.utf8), kid: Fixture.kid("k1"), tenant: Fixture.acme)
        }
        #expect(error?.description == "secret: a key for \(algorithm.rawValue) needs at least \(count + 1) bytes")
    }

    @Test(arguments: ["AAAA=", "A A", "+/+/", ""]) func `A secret that is no base64url is refused unseen`(
        _ secret: String
    ) {
        let text = #"""
            {"kid":"k1","tenant":"acme","alg":"HS256","secret":"\#(secret)","state":"active",
             "created_at":"2027-01-15T08:00:00Z","origin":"own"}
            """#
        let error = #expect(throws: FieldErrors.self) {
            try KeyFile.decode(Array(text.utf8), kid: Fixture.kid("k1"), tenant: Fixture.acme)
        }
        #expect(error?.errors.map(\.field) == ["secret"])
        #expect(secret.isEmpty || error?.description.contains(secret) == false)
    }
}
