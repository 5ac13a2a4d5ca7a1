import Testing
import Text

@Suite("Printable text")
struct PrintableTests {
    @Test(
        "Nothing ends a line, moves a cursor or turns the writing",
        arguments: [
            "\n", "\r", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}",
            "\u{FEFF}",
        ])
    func dangerous(text: String) { #expect("a\(text)b".printable() == "a\u{FFFD}b") }

    @Test("Words of any language stay as they are", arguments: ["", "a b", "Grüße, 世界", "می‌خواهم", "👩‍👧"])
    func harmless(text: String) { #expect(text.printable() == text) }

    @Test("A long text is cut and says so")
    func long() { #expect(String(repeating: "x", count: 400).printable(limit: 5) == "xxxxx…") }

    @Test("A tower of combining marks is cut down")
    func marks() {
        let tower = ("a" + String(repeating: "\u{301}", count: 200)).printable()
        #expect(tower.unicodeScalars.count { $0 == "\u{301}" } == 30)
    }
}

@Suite("Comparing the words of protocols")
struct ASCIITests {
    @Test("ASCII letters are equal in either case, and nothing else is")
    func cases() {
        #expect("Bearer".equalsIgnoringASCIICase("bEARER"))
        #expect(!"Bearer".equalsIgnoringASCIICase("Bearer "))
        #expect(!"\u{212A}".equalsIgnoringASCIICase("k"))
        #expect(!"[".equalsIgnoringASCIICase("{"))
    }

    @Test("Canonically equal texts of other bytes differ")
    func bytes() {
        #expect("é" == "e\u{301}")
        #expect(!"é".equalsBytes(of: "e\u{301}"))
    }
}
