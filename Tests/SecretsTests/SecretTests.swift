import Secrets
import Testing

@Suite struct SecretTests {
    let secret = Secret(utf8: "sk-or-v1-0e6f9a7b2c")

    @Test func `A secret prints, dumps and reflects as redacted`() {
        var dumped = ""
        dump(["key": secret], to: &dumped)
        for text in [
            "\(secret)", secret.debugDescription, "\(Optional(secret) as Any)", dumped, String(reflecting: secret),
        ] {
            #expect(text.contains("redacted") && !text.contains("sk-or") && !text.contains("0e6f"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func `A secret gives its text only when asked to reveal it`() {
        #expect(secret.revealed() == "sk-or-v1-0e6f9a7b2c")
        #expect(secret.revealedBytes() == Array("sk-or-v1-0e6f9a7b2c".utf8))
    }

    @Test func `Secrets are equal when all bytes are`() {
        #expect(secret == Secret(utf8: "sk-or-v1-0e6f9a7b2c"))
        #expect(secret != Secret(utf8: "sk-or-v1-0e6f9a7b2d"))
        #expect(secret != Secret(utf8: "sk-or-v1-0e6f9a7b2"))
        #expect(Secret([]) == Secret(utf8: ""))
    }
}
