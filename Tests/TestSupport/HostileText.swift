/// Texts of the maximum length that are slow to compare, fold, cut and parse.
package enum HostileText {
    /// Returns named texts of at most `count` scalars each.
    package static func all(_ count: Int) -> [(name: String, text: String)] {
        [
            ("towers", fill(count, "a" + String(repeating: "\u{301}", count: 30))),
            ("mixed towers", fill(count, "o" + String(repeating: "\u{323}\u{301}", count: 15))),
            ("endless marks", "a" + String(repeating: "\u{301}", count: count - 1)),
            ("joined emoji", fill(count, "👩\u{200D}👩\u{200D}👧\u{200D}👦")),
            ("joiners", "a" + String(repeating: "\u{200D}", count: count - 1)),
            ("flags", fill(count, "\u{1F1E9}\u{1F1EA}")),
            ("capitals that grow", fill(count, "İßŒ")),
            ("Hangul letters", fill(count, "\u{1100}\u{1161}\u{11A8}")),
            ("ligatures", fill(count, "ﷺﬃ")),
            ("spaces", fill(count, "a" + String(repeating: " ", count: 60))),
            ("one word", fill(count, "abcdefghij")),
            ("short words", fill(count, "a b ")),
            ("quotation marks", fill(count, #"" ' "#)),
            ("digits", fill(count, "1234567890")),
            ("commas", fill(count, "x, ")),
            ("ands", fill(count, "milk and ")),
            ("clauses", fill(count, "remind me about the report and move the meeting to friday ")),
            ("days", fill(count, "every monday and tuesday and friday at 5 pm until june ")),
            ("ids", fill(count, "delete 1 and 2, 3 and ")),
        ]
    }

    private static func fill(_ count: Int, _ piece: String) -> String {
        let scalars = Array(piece.unicodeScalars)
        var text = String.UnicodeScalarView()
        for index in 0..<count { text.append(scalars[index % scalars.count]) }
        return String(text)
    }
}
