/// Whether a message is the user's plain yes: the whole message, not a part of it.
enum Consent {
    /// A message that is nothing but one of the phrases, in any case, with one full stop or exclamation mark at its end
    /// at the most.
    static func isGiven(in message: String) -> Bool {
        // Before anything is compared: a long message is no phrase, whatever is in it.
        guard message.utf8.count <= longest else { return false }
        var scalars = message.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        if scalars.last == "." || scalars.last == "!" { scalars.removeLast() }
        var phrase = String.UnicodeScalarView()
        for scalar in scalars { phrase.append(apostrophes.contains(scalar) ? "'" : scalar) }
        return phrases.contains(String(phrase).lowercased())
    }

    /// Bytes of the longest message that is looked at.
    private static let longest = 64

    private static let apostrophes: Set<Unicode.Scalar> = ["’", "‘", "ʼ", "´", "`", "＇"]

    /// A comma may stand after the word for yes.
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
    /// With a comma after the word for yes, where more follows.
    fileprivate var withComma: String {
        let words = split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["yes", "ja", "sí", "si"].contains(words[0]) else { return self }
        return words[0] + ", " + words[1]
    }
}
