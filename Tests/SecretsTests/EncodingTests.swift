import Secrets
import Testing

@Suite struct EncodingTests {
    /// RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `Base64url agrees with RFC 4648`(_ text: String, _ encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test func `Base64url uses the URL alphabet`() {
        #expect(Base64URL.encode([0xFB, 0xFF, 0xFE]) == "-__-")
        #expect(Base64URL.decode("-__-") == [0xFB, 0xFF, 0xFE])
    }

    @Test(arguments: [
        "Zg==", "Zg=", "=", "Z", "Zm9vY", "Zm 9v", " Zm9v", "Zm9v\n", "Zm+v", "Zm/v", "Zm9v.", "Zm9v\u{0}", "Zmé9",
        "Zh", "Zm9", "Zm9vYh", "-__-=",
    ])
    func `Base64url refuses padding, white space, other alphabets and spare bits`(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `Every byte sequence has exactly one base64url text`() {
        for length in 0..<40 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes)
        }
    }

    @Test func `Hexadecimal text is read in either case and written in lower case`() {
        #expect(Hex.encode([0, 0x1F, 0xA0]) == "001fa0")
        #expect(Hex.decode("001Fa0") == [0, 0x1F, 0xA0])
        for text in ["0", "0g", "0x", " 00", "é0"] { #expect(Hex.decode(text) == nil) }
    }

    @Test func `Random bytes have the length that was asked for and differ`() throws {
        #expect(try RandomBytes.generate(0).isEmpty)
        #expect(try RandomBytes.generate(32).count == 32)
        #expect(try RandomBytes.generate(32) != RandomBytes.generate(32))
    }
}
