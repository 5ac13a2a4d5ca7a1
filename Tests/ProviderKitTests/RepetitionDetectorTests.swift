import Testing

@testable import ProviderKit

@Suite struct RepetitionDetectorTests {
    /// Reads a text in pieces of `size` bytes.
    private func detector(_ text: String, size: Int = 7) -> RepetitionDetector {
        var detector = RepetitionDetector()
        var rest = text[...]
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            rest = rest.dropFirst(size)
            detector.receive(String(piece))
        }
        return detector
    }

    private func kept(_ text: String, size: Int = 7) throws -> String {
        var written = WrittenText(limit: 1 << 20)
        var rest = text[...]
        while !rest.isEmpty {
            try written.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return written.text
    }

    @Test(
        "What is written over and over is kept once", arguments: [1, 7, 511, 512, 513, 100_000],
        [
            ("You have 1 task:\n", "- Task 1: Buy milk\n", "You have 1 task:\n- Task 1: Buy milk"),
            ("Sure. ", "I will add it. ", "Sure. I will add it."),
            ("", "the same words ", "the same words"),
            ("No", "o", "No"), ("Here it is: ", "ok ", "Here it is: ok"),
            ("Erledigt. ", "Größe 🧀 ", "Erledigt. Größe 🧀"), ("好的。", "任务", "好的。任务"),
            ("Wait", ".\n", "Wait."), ("A\n\nB\n\n", "C\n\n", "A\n\nB\n\nC"),
        ])
    func keepsOne(_ size: Int, _ text: (start: String, copy: String, kept: String)) throws {
        #expect(try kept(text.start + String(repeating: text.copy, count: 1000), size: size) == text.kept)
    }

    @Test("A paragraph of 500 bytes is recognized too, and one of 600 is left to the token limit")
    func longPeriods() throws {
        func paragraph(_ words: Int) -> String { (1...words).map { "w\($0)" }.joined(separator: " ") + "\n" }
        let (short, long) = (paragraph(120), paragraph(150))
        #expect(short.utf8.count < RepetitionDetector.longestPeriod && long.utf8.count > 512)
        #expect(try kept(String(repeating: short, count: 20)) + "\n" == short)
        #expect(!detector(String(repeating: long, count: 20)).isRepeating)
    }

    @Test(
        "Lists, tables and short runs are no repetition",
        arguments: [
            (1...100).map { "- Task \($0): Water the plants\n" }.joined(),
            String(repeating: "- Water the plants\n", count: 15), String(repeating: "-", count: 390),
            (1...60).map { "| \($0) | milk | pending |\n|---|---|---|\n" }.joined(),
            (1...500).map { "\($0 % 7) \($0 % 11) " }.joined(),
        ])
    func lists(_ text: String) {
        #expect(!detector(text).isRepeating)
        #expect(!detector(text, size: 4096).isRepeating)
    }

    @Test("A character without end is no answer", arguments: ["G", "@", " ", "\n", "é", "🧀", "! "])
    func broken(_ text: String) throws {
        #expect(try kept(String(repeating: text, count: 2000)) == "")
    }

    @Test("The work is in proportion to the length, whatever the text")
    func work() {
        let texts = [
            String(repeating: "a", count: 399) + "b", "ab", String(repeating: "ab", count: 190) + "c",
            (0..<513).map { "\($0 % 10)" }.joined(),
        ]
        for text in texts {
            var reader = RepetitionDetector()
            var length = 0
            while length < 1 << 20, !reader.isRepeating {
                // Changed a little each time, so that no run gets long enough.
                let piece = text + (text.utf8.count > 2 ? "\(length)" : "")
                reader.receive(piece)
                length += piece.utf8.count
            }
            #expect(reader.steps <= 20 * length + 10_000, "\(text.prefix(10))")
        }
    }

    @Test("What follows a found repetition is ignored")
    func ignoresTheRest() throws {
        #expect(try kept(String(repeating: "again and ", count: 200) + "Something else.", size: 5000) == "again and")
        var written = WrittenText(limit: 3000)
        for _ in 0..<10_000 { try written.append("again and ") }
        #expect(written.text == "again and")
    }
}
