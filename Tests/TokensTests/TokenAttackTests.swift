import Identity
import JSON
import Secrets
import Testing
import Tokens

/// Attacks: each token below has a matching signature unless its name says otherwise.
@Suite struct TokenAttackTests {
    struct Attack: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let token: String
        let error: TokenError

        init(
            _ name: String, _ error: TokenError, header: String = Fixture.goodHeader,
            claims: String = Fixture.goodClaims
        ) {
            self.init(name, error, token: (try? Fixture.token(header: header, claims: claims)) ?? "")
        }

        init(_ name: String, _ error: TokenError, token: String) {
            testDescription = name
            self.error = error
            self.token = token
        }
    }

    static let headers = [
        Attack("alg none", .algorithm, header: #"{"alg":"none","kid":"k1"}"#),
        Attack("alg nOnE", .algorithm, header: #"{"alg":"nOnE","kid":"k1"}"#),
        Attack("alg NONE", .algorithm, header: #"{"alg":"NONE","kid":"k1"}"#),
        Attack("alg empty", .algorithm, header: #"{"alg":"","kid":"k1"}"#),
        Attack("alg null", .algorithm, header: #"{"alg":null,"kid":"k1"}"#),
        Attack("alg missing", .algorithm, header: #"{"kid":"k1"}"#),
        Attack("alg in lower case", .algorithm, header: #"{"alg":"hs256","kid":"k1"}"#),
        Attack("alg with a space", .algorithm, header: #"{"alg":"HS256 ","kid":"k1"}"#),
        Attack("alg in an array", .algorithm, header: #"{"alg":["HS256"],"kid":"k1"}"#),
        Attack("another HMAC", .algorithm, header: #"{"alg":"HS512","kid":"k1"}"#),
        Attack("RSA and HMAC confused", .algorithm, header: #"{"alg":"RS256","kid":"k1"}"#),
        Attack("kid missing", .keyIDMissing, header: #"{"alg":"HS256"}"#),
        Attack("kid null", .keyID, header: #"{"alg":"HS256","kid":null}"#),
        Attack("kid a number", .keyID, header: #"{"alg":"HS256","kid":1}"#),
        Attack("kid empty", .keyID, header: #"{"alg":"HS256","kid":""}"#),
        Attack("kid a path", .keyID, header: #"{"alg":"HS256","kid":"../acme/keys/k1"}"#),
        Attack("kid /dev/null", .keyID, header: #"{"alg":"HS256","kid":"/dev/null"}"#),
        Attack("kid SQL", .keyID, header: #"{"alg":"HS256","kid":"k1' OR '1'='1"}"#),
        Attack("kid a command", .keyID, header: #"{"alg":"HS256","kid":"k1|sleep"}"#),
        Attack("kid with NUL", .keyID, header: #"{"alg":"HS256","kid":"k1\u0000"}"#),
        Attack("kid too long", .keyID, header: #"{"alg":"HS256","kid":"\#(String(repeating: "k", count: 65))"}"#),
        Attack("kid full-width", .keyID, header: #"{"alg":"HS256","kid":"ｋ1"}"#),
        Attack("kid unknown", .unknownKey, header: #"{"alg":"HS256","kid":"k9"}"#),
        Attack("kid in other case", .unknownKey, header: #"{"alg":"HS256","kid":"K1"}"#),
        Attack("jwk", .keyInHeader, header: #"{"alg":"HS256","kid":"k1","jwk":{"kty":"oct","k":"AAAA"}}"#),
        Attack("jku", .keyInHeader, header: #"{"alg":"HS256","kid":"k1","jku":"https://evil.example/keys"}"#),
        Attack("x5u", .keyInHeader, header: #"{"alg":"HS256","kid":"k1","x5u":"https://evil.example/cert"}"#),
        Attack("x5c", .keyInHeader, header: #"{"alg":"HS256","kid":"k1","x5c":["MIIB"]}"#),
        Attack("crit", .critical, header: #"{"alg":"HS256","kid":"k1","crit":["b64"],"b64":false}"#),
        Attack("crit empty", .critical, header: #"{"alg":"HS256","kid":"k1","crit":[]}"#),
        Attack("alg twice", .headerJSON, header: #"{"alg":"none","alg":"HS256","kid":"k1"}"#),
        Attack("kid twice, once escaped", .headerJSON, header: #"{"alg":"HS256","kid":"k1","\u006bid":"k1"}"#),
        Attack("header with BOM", .headerJSON, header: "\u{FEFF}" + Fixture.goodHeader),
        Attack("header an array", .headerJSON, header: #"["HS256"]"#),
        Attack("header empty", .headerJSON, header: "{"),
        Attack("header with a tail", .headerJSON, header: Fixture.goodHeader + "{}"),
        Attack("header nested deeply", .headerJSON, header: nested(20)),
    ]

    static let claims = [
        Attack("exp missing", .expiryMissing, claims: #"{"sub":"alice","aud":"acme"}"#),
        Attack("exp a string", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":"1800003600"}"#),
        Attack("exp a fraction", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":1800003600.5}"#),
        Attack("exp 10^30", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":1e30}"#),
        Attack(
            "exp 31 digits", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":1000000000000000000000000000000}"#),
        Attack("exp beyond the year 9999", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":253402300800}"#),
        Attack("exp negative", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":-1}"#),
        Attack("exp null", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":null}"#),
        Attack("exp true", .expiry, claims: #"{"sub":"alice","aud":"acme","exp":true}"#),
        Attack("nbf a string", .notBefore, claims: #"{"sub":"alice","aud":"acme","exp":1800003600,"nbf":"0"}"#),
        Attack("iat an object", .issuedAt, claims: #"{"sub":"alice","aud":"acme","exp":1800003600,"iat":{}}"#),
        Attack("sub missing", .user, claims: #"{"aud":"acme","exp":1800003600}"#),
        Attack("sub a number", .user, claims: #"{"sub":42,"aud":"acme","exp":1800003600}"#),
        Attack("sub an array", .user, claims: #"{"sub":["alice"],"aud":"acme","exp":1800003600}"#),
        Attack("sub empty", .user, claims: #"{"sub":"","aud":"acme","exp":1800003600}"#),
        Attack("sub a path", .user, claims: #"{"sub":"../bob","aud":"acme","exp":1800003600}"#),
        Attack("sub with NUL", .user, claims: #"{"sub":"alice\u0000","aud":"acme","exp":1800003600}"#),
        Attack("sub twice", .claimsJSON, claims: #"{"sub":"alice","sub":"bob","aud":"acme","exp":1800003600}"#),
        Attack("aud missing", .audience, claims: #"{"sub":"alice","exp":1800003600}"#),
        Attack("aud of another tenant", .audience, claims: #"{"sub":"alice","aud":"globex","exp":1800003600}"#),
        Attack("aud in other case", .audience, claims: #"{"sub":"alice","aud":"Acme","exp":1800003600}"#),
        Attack(
            "aud with others of no string", .audience, claims: #"{"sub":"alice","aud":["acme",1],"exp":1800003600}"#),
        Attack("scope an array", .scope, claims: #"{"sub":"alice","aud":"acme","exp":1800003600,"scope":["chat"]}"#),
        Attack("jti a number", .tokenID, claims: #"{"sub":"alice","aud":"acme","exp":1800003600,"jti":1}"#),
        Attack("jti empty", .tokenID, claims: #"{"sub":"alice","aud":"acme","exp":1800003600,"jti":""}"#),
        Attack("claims with BOM", .claimsJSON, claims: "\u{FEFF}" + Fixture.goodClaims),
        Attack("claims an array", .claimsJSON, claims: "[\(Fixture.goodClaims)]"),
        Attack("claims a string", .claimsJSON, claims: #""alice""#),
        Attack("claims nested deeply", .claimsJSON, claims: nested(20)),
        Attack("claims with many values", .claimsJSON, claims: #"{"a":[\#(String(repeating: "0,", count: 300))0]}"#),
    ]

    static let shapes: [Attack] = {
        let good = (try? Fixture.token()) ?? ""
        let parts = good.split(separator: ".").map(String.init)
        let (header, claims, signature) = (parts[0], parts[1], parts[2])
        let tampered = Base64URL.encode(Array(Fixture.goodClaims.replacing("alice", with: "admin").utf8))
        let blank = (try? Fixture.token(key: Secret([]))) ?? ""
        func resigned(_ text: String) -> String { (try? Fixture.sign(text)) ?? "" }
        return [
            Attack("empty", .notThreeParts, token: ""),
            Attack("one part", .notThreeParts, token: header),
            Attack("two parts", .notThreeParts, token: "\(header).\(claims)"),
            Attack("null signature", .notThreeParts, token: "\(header).\(claims)."),
            Attack("no header", .notThreeParts, token: ".\(claims).\(signature)"),
            Attack("no claims", .notThreeParts, token: "\(header)..\(signature)"),
            Attack("four parts", .notThreeParts, token: good + ".AAAA"),
            Attack("five parts, as in JWE", .notThreeParts, token: good + ".AAAA.AAAA"),
            Attack("longer than 8 KB", .tooLong, token: good + String(repeating: "A", count: 8_192)),
            Attack("signature of another key", .signature, token: (try? Fixture.token(key: Fixture.secret(2))) ?? ""),
            Attack("blank key", .signature, token: blank),
            Attack("changed claims", .signature, token: "\(header).\(tampered).\(signature)"),
            Attack("short signature", .signature, token: String(good.dropLast(3))),
            Attack("long signature", .signature, token: "\(header).\(claims).\(signature)AAA".description + "A"),
            Attack("signature with padding", .signatureEncoding, token: good + "="),
            Attack(
                "signature with spare bits", .signatureEncoding, token: "\(header).\(claims).\(spareBit(signature))"),
            Attack("signature with a newline", .signatureEncoding, token: good + "\n"),
            Attack(
                "standard alphabet in the signature", .signatureEncoding,
                token: "\(header).\(claims).+/" + signature.dropFirst(2)),
            Attack("header with padding", .headerEncoding, token: resigned("\(header)=.\(claims)")),
            Attack("header with a space", .headerEncoding, token: resigned(" \(header).\(claims)")),
            Attack("header with ?", .headerEncoding, token: resigned("\(header)?.\(claims)")),
            Attack("claims with padding", .claimsEncoding, token: resigned("\(header).\(claims)=")),
            Attack(
                "claims with a space inside", .claimsEncoding,
                token: resigned("\(header).\(claims.prefix(8)) \(claims.dropFirst(8))")),
            Attack("claims with a zero-width space", .claimsEncoding, token: resigned("\(header).\u{200B}\(claims)")),
        ]
    }()

    private static func nested(_ depth: Int) -> String {
        #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }

    /// Returns a signature with the same bytes for a lax decoder: 32 bytes leave two spare bits in the last character.
    private static func spareBit(_ signature: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        guard let last = signature.last, let index = alphabet.firstIndex(of: last) else { return "" }
        return String(signature.dropLast()) + String(alphabet[index + 1])
    }

    @Test(arguments: headers) func `A hostile header is refused`(_ attack: Attack) throws {
        #expect(Fixture.verdict(attack.token, keys: Keys(own: [try Fixture.key()])).failure == attack.error)
    }

    @Test(arguments: claims) func `Hostile claims are refused although the signature matches`(_ attack: Attack) throws {
        #expect(Fixture.verdict(attack.token, keys: Keys(own: [try Fixture.key()])).failure == attack.error)
    }

    @Test(arguments: shapes) func `A token of another shape is refused`(_ attack: Attack) throws {
        #expect(Fixture.verdict(attack.token, keys: Keys(own: [try Fixture.key()])).failure == attack.error)
    }

    @Test func `Every bit of a token counts`() throws {
        let keys = Keys(own: [try Fixture.key()])
        let good = Array(try Fixture.token().utf8)
        for index in good.indices {
            var changed = good
            changed[index] ^= 1
            #expect(Fixture.verdict(String(decoding: changed, as: UTF8.self), keys: keys).failure != nil)
        }
    }

    @Test func `Every reason has a label of its own and a sentence`() {
        for error in TokenError.allCases {
            #expect(error.explanation.hasSuffix(".") && error.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
        }
    }
}
