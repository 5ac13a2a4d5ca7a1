import Testing
import Text

@Suite struct PercentCodingTests {
    @Test("A segment is encoded but for the unreserved characters, and decoded again")
    func segments() {
        #expect(PercentEncoding.segment("a/b ü~%") == "a%2Fb%20%C3%BC~%25")
        for text in ["", "alice", "a/b", "%41", "ü 😀", "\u{0}", "a+b"] {
            #expect(PercentDecoding.segment(PercentEncoding.segment(text)) == text)
        }
    }

    @Test("Malformed encodings are refused", arguments: ["%", "%4", "%4g", "%ff", "a%C3"])
    func malformed(_ text: String) { #expect(PercentDecoding.segment(text) == nil) }
}
