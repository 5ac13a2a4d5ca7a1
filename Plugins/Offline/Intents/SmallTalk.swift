/// Sentences that begin like requests to add a task and are none: "I have to say", "remember when we were young?", "I
/// should call her more often".
enum SmallTalk {
    /// Returns whether the words after "add" are about the word itself, or only point at something: "add is broken".
    static func isNoTitle(_ title: Tokens) -> Bool {
        let title = title.trimmed
        guard let first = title.first, first.kind != .quoted else { return title.isEmpty }
        if first.isWord(predicates) || isReported(title) { return true }
        if title.count == 1 { return first.isWord(pronouns) }
        // "Add that to the list of things I hate."
        if first.isWord(["it", "that", "this", "them"]), title.at(1)?.isWord(["to", "on", "in", "into"]) == true {
            return true
        }
        return first.isWord(["button", "feature", "function", "command", "option"])
            && title.at(1)?.isWord(predicates) == true
    }

    /// Returns whether the words after "I need to", "I have to" or "I want to" are no errand: "go", "say", "know why".
    static func isNoNeed(_ words: Tokens) -> Bool {
        let words = words.trimmed
        guard let first = words.first, first.kind != .quoted else { return words.isEmpty }
        if first.isWord(states) || isNoTitle(words) { return true }
        if first.isWord(partings) {
            let rest = words.dropFirst()
            if rest.allSatisfy({ $0.isWord(vague) || $0.isPunctuation }) { return true }
        }
        if first.isWord(["ask", "tell", "show", "thank", "trust", "warn", "remind"]), words.at(1)?.key == "you" {
            return true
        }
        return isComparison(words)
    }

    /// Returns whether the words after "I should" are a good intention, and not an errand.
    static func isIntention(_ words: Tokens) -> Bool {
        let words = words.trimmed
        return isNoNeed(words) || words.contains { $0.isWord(comparatives) }
            || words.first?.isWord(commands) ?? true
    }

    /// Returns whether the words after "remember" or "remind me" are a question or a statement: "what task 3 was", "I
    /// love you".
    static func isNoReminder(_ words: Tokens) -> Bool {
        let words = words.trimmed
        guard let first = words.first, first.kind != .quoted else { return words.isEmpty }
        if first.isWord(questions) || isNoTitle(words) { return true }
        guard first.isWord(subjects), let second = words.at(1) else { return false }
        // "Remind me that I have to pay the bills."
        return !second.isWord(["need", "have", "must", "should", "want", "ought", "will", "got", "gotta", "can"])
    }

    /// "read more", "call her more often"
    private static func isComparison(_ words: Tokens) -> Bool {
        let end = words.suffix(3)
        return end.last?.isWord(comparatives) == true || end.ends(with: ["more", "often"])
            || end.ends(with: ["one", "day"])
    }

    /// "milk, he said"
    private static func isReported(_ words: Tokens) -> Bool {
        guard words.count > 2, let last = words.last else { return false }
        return last.isWord(["said", "says", "wrote", "told", "asked", "thinks"]) && words.dropLast().last?.kind == .word
            && words.dropLast(2).last?.isPunctuation == true
    }

    private static let commands: Set<String> = [
        "add", "create", "delete", "remove", "mark", "complete", "rename", "undo", "reopen", "list", "show", "move",
    ]
    private static let predicates: Set<String> = [
        "is", "was", "are", "were", "am", "does", "did", "has", "not", "and", "or", "than", "works", "worked", "means",
        "sounds", "seems", "never", "isn't", "would", "could", "should", "can", "cannot", "may", "might",
    ]
    private static let pronouns: Set<String> = [
        "it", "that", "this", "them", "those", "these", "me", "you", "him", "her", "us", "more", "something",
        "anything",
        "nothing", "everything", "one", "some", "myself", "yourself", "again", "things", "stuff",
    ]
    /// Verbs of states and of talking.
    private static let states: Set<String> = [
        "be", "know", "say", "think", "admit", "understand", "believe", "confess", "agree", "disagree", "wonder",
        "feel",
        "see", "hear", "laugh", "cry", "apologize", "apologise", "sleep", "relax", "rest", "hurry", "calm", "smile",
        "live", "die", "hope", "mention", "note", "stress", "emphasize", "insist", "like", "love", "hate", "complain",
    ]
    /// Verbs that are no errand alone or with a vague word: "go now", "leave", "work".
    private static let partings: Set<String> = [
        "go", "leave", "run", "work", "stop", "wait", "eat", "talk", "chat", "study", "start", "finish", "get", "come",
        "stay", "try", "move", "focus", "concentrate", "breathe", "quit",
    ]
    private static let vague: Set<String> = [
        "now", "soon", "home", "away", "on", "up", "off", "out", "back", "to", "bed", "sleep", "going", "it", "this",
        "that",
        "today", "tonight", "tomorrow", "really", "first", "please", "you", "with", "a", "bit", "more", "harder",
        "there",
        "moment", "some", "rest", "again", "here", "lunch", "dinner", "then", "late", "early", "hard", "all", "day",
        "so",
    ]
    private static let comparatives: Set<String> = [
        "more", "less", "better", "earlier", "later", "often", "oftener", "sometime", "someday", "sooner", "harder",
        "fewer",
        "worse", "again", "instead", "regularly", "healthier",
    ]
    private static let questions: Set<String> = [
        "what", "why", "how", "when", "where", "who", "which", "whether", "if", "whose",
    ]
    private static let subjects: Set<String> = ["i", "you", "he", "she", "it", "we", "they", "there", "this", "that"]
}
