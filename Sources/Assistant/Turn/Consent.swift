/// Whether a message is the user's plain yes: the whole message, not a part of it.
enum Consent {
    static func isGiven(in message: String) -> Bool {
        let words = message.lowercased().split { !$0.isLetter && $0 != "'" }
        return words.count <= 4 && phrases.contains(words.joined(separator: " "))
    }

    private static let phrases: Set<String> = [
        "yes", "y", "yep", "yeah", "yup", "yes please", "yes do it", "yes do that", "yes i'm sure", "yes i am sure",
        "yes go ahead", "yes confirm", "yes delete them", "yes delete them all", "yes delete all", "sure", "ok", "okay",
        "confirm", "confirmed", "i confirm", "go ahead", "do it", "please do", "i'm sure", "i am sure", "absolutely",
        "definitely", "of course", "ja", "ja bitte", "oui", "sí", "si", "sì", "sim", "tak", "да",
    ]
}
