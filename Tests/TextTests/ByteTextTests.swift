import Testing
import Text

@Suite struct ByteTextTests {
    private let composed = "caf\u{E9}"
    private let decomposed = "cafe\u{301}"

    @Test("Texts that Unicode takes for equal are two texts")
    func comparesBytes() {
        #expect(composed == decomposed)
        #expect(!composed.equalsBytes(of: decomposed))
        #expect(composed.equalsBytes(of: "caf\u{E9}"))
        #expect(Set([ByteText(composed), ByteText(decomposed), ByteText("caf\u{E9}")]).count == 2)
        #expect(!ByteText("ab").text.equalsBytes(of: "a"))
    }

    @Test("A text begins with, contains and precedes another one by its bytes")
    func findsBytes() {
        #expect("model-1".startsWithBytes(of: "model"))
        #expect(!"mode".startsWithBytes(of: "model"))
        #expect(!decomposed.startsWithBytes(of: composed))
        #expect("no credit balance left".containsBytes(of: "credit balance"))
        #expect("abc".containsBytes(of: "") && "abc".containsBytes(of: "c"))
        #expect(!"abc".containsBytes(of: "abcd") && !decomposed.containsBytes(of: composed))
        #expect("a".precedesBytes(of: "b") && "a".precedesBytes(of: "aa") && !"b".precedesBytes(of: "a"))
    }

    @Test("A word of a protocol is short and ASCII")
    func tellsWords() {
        #expect("tool_calls".word() == "tool_calls")
        #expect("".word() == "")
        #expect(composed.word() == nil)
        #expect(String(repeating: "a", count: 65).word() == nil)
        #expect("a-b".isVisibleASCII && !"a b".isVisibleASCII && !"a\u{7F}".isVisibleASCII && !composed.isVisibleASCII)
        #expect("Ab\u{C9}".lowercasedASCII == "ab\u{C9}")
    }

    @Test("A text is cut between two scalars")
    func cuts() {
        #expect("abc".prefix(bytes: 5) == "abc")
        #expect("abc".prefix(bytes: 2) == "ab")
        #expect(composed.prefix(bytes: 4) == "caf")
        #expect("😀😀".prefix(bytes: 7) == "😀")
        #expect("😀".prefix(bytes: 0) == "")
    }
}
