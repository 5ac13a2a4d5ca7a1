import Testing
import Text

@Suite("Combining marks")
struct CombiningMarksTests {
    @Test("Thirty marks in a row are fine, one more is not", arguments: ["\u{301}", "\u{488}", "\u{903}", "\u{E0100}"])
    func runs(mark: String) {
        #expect(!CombiningMarks.areTooMany(in: "a" + String(repeating: mark, count: 30) + "b"))
        #expect(CombiningMarks.areTooMany(in: "a" + String(repeating: mark, count: 31)))
        #expect(CombiningMarks.areTooMany(in: String(repeating: mark, count: 31)))
    }

    @Test("Marks that a letter parts are runs of their own")
    func parted() {
        let run = "a" + String(repeating: "\u{301}", count: 30)
        #expect(!CombiningMarks.areTooMany(in: String(repeating: run, count: 100)))
    }

    @Test(
        "Written languages and emoji pass",
        arguments: ["", "plain", "Grüße", "नमस्ते दुनिया", "สวัสดีครับที่", "བོད་ཡིག", "👩‍👩‍👧‍👦🏳️‍🌈", "שָׁלוֹם עֲלֵיכֶם"])
    func languages(text: String) { #expect(!CombiningMarks.areTooMany(in: text)) }
}
