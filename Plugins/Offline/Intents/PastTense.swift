/// Verbs of errands in the past: "paid" is "pay".
enum PastTense {
    static func base(_ word: String) -> String? { bases[word] }

    private static let bases: [String: String] = {
        var bases = [
            "bought": "buy", "brought": "bring", "built": "build", "did": "do", "gave": "give", "got": "get",
            "made": "make", "met": "meet", "paid": "pay", "read": "read", "sent": "send", "sold": "sell",
            "took": "take", "told": "tell", "went": "go", "wrote": "write", "planned": "plan", "shipped": "ship",
            "submitted": "submit", "studied": "study", "tidied": "tidy", "replied": "reply", "taken": "take",
            "written": "write", "given": "give",
        ]
        let regular = [
            "ask", "book", "call", "cancel", "check", "clean", "collect", "contact", "cook", "draft", "email", "fix",
            "install",
            "learn", "message", "order", "pack", "paint", "phone", "pick", "print", "renew", "repair", "return",
            "review",
            "sign", "start", "talk", "test", "text", "visit", "wash", "watch", "water",
        ]
        for verb in regular { bases[verb + "ed"] = verb }
        for verb in ["prepare", "schedule", "update", "practice"] { bases[verb + "d"] = verb }
        return bases
    }()
}
