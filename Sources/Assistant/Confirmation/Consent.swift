/// The recognition of a plain yes as a whole message.
enum Consent {
    /// Returns whether a message is one of the phrases, in any case, with at most one full stop or exclamation mark at
    /// its end.
    static func isGiven(in message: String) -> Bool {
        // Checked before any comparison: a long message is not a phrase.
        guard message.utf8.count <= longest else { return false }
        var scalars = message.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        if scalars.last == "." || scalars.last == "!" { scalars.removeLast() }
        var phrase = String.UnicodeScalarView()
        for scalar in scalars { phrase.append(apostrophes.contains(scalar) ? "'" : scalar) }
        return phrases.contains(String(phrase).lowercased())
    }

    /// The maximum length of a message that is checked, in bytes.
    private static let longest = 64

    private static let apostrophes: Set<Unicode.Scalar> = ["’", "‘", "ʼ", "´", "`", "＇"]

    /// The word for yes may be followed by a comma.
    private static let phrases: Set<String> = {
        let plain = [
            "yes", "y", "yep", "yeah", "yup", "yes please", "yes do it", "yes do that", "yes i'm sure", "yes i am sure",
            "yes go ahead", "yes confirm", "yes i confirm", "yes delete them", "yes delete them all", "yes delete all",
            "sure", "ok", "okay", "confirm", "confirmed", "i confirm", "go ahead", "do it", "please do", "i'm sure",
            "i am sure", "absolutely", "definitely", "of course",
            "ja", "ja bitte", "ja mach das", "ja mach es", "ja lösch sie", "ja lösche sie", "ja alle löschen",
            "ja ich bin sicher", "jawohl",
            "sí", "si", "sí por favor", "si por favor", "sí hazlo", "sí adelante", "sí elimínalas", "sí bórralas",
            "claro", "por supuesto",
            "oui", "sì", "sim", "tak", "да",
        ]
        return Set(plain.flatMap { [$0, $0.withComma] })
    }()
}

extension String {
    /// The phrase with a comma after the word for yes, if more follows.
    fileprivate var withComma: String {
        let words = split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["yes", "ja", "sí", "si"].contains(words[0]) else { return self }
        return words[0] + ", " + words[1]
    }
}
