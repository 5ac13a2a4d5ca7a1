import Testing
import Text

@Suite("Dropping combining marks that are too many")
struct LimitedMarksTests {
    static let tower = "a" + String(repeating: "\u{301}", count: 5_000) + "b"
    static let limited = "a" + String(repeating: "\u{301}", count: 30) + "b"

    @Test("Thirty marks of a run are kept")
    func whole() {
        #expect(CombiningMarks.limited(Self.tower).equalsBytes(of: Self.limited))
        #expect(CombiningMarks.limited("Grüße, नमस्ते").equalsBytes(of: "Grüße, नमस्ते"))
    }

    @Test("A run that comes in pieces is one run", arguments: [1, 7, 30, 31, 4_999])
    func pieces(size: Int) {
        var limiter = CombiningMarks.Limiter()
        var rest = Self.tower.unicodeScalars[...]
        var text = ""
        while !rest.isEmpty {
            text += limiter.pass(String(Substring(rest.prefix(size))))
            rest = rest.dropFirst(size)
        }
        #expect(text.equalsBytes(of: Self.limited))
    }
}
