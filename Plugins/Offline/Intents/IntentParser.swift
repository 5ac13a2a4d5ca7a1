/// A parser from messages to intents.
struct IntentParser {
    let slots: SlotReader
    private let work: Work
    private let typos: Typos
    private let memory = Memory()

    init(_ slots: SlotReader) {
        self.slots = slots
        work = slots.work
        typos = Typos(slots.work)
    }

    /// The intents found so far, by their words, because the same words are parsed from several places.
    private final class Memory {
        var intents: [Range<Int>: Intent?] = [:]
    }

    /// The maximum number of requests in one message; a message with more is refused.
    static let limit = 10
    /// The maximum number of tokens of a clause other than a task to add.
    static let longest = 120

    /// Returns the intents of a message in order; clauses that are not understood become `unclear`.
    func intents(_ tokens: Tokens) -> [Intent] {
        let clauses = ClauseSplitter(parser: self).clauses(withoutOops(tokens))
        var isQuoted = false
        return clauses.map { clause in
            let doubt = Doubt(clause, of: tokens, self)
            let words = slots.tasks.plain(clause.trimmed)
            guard let intent = intent(clause) else {
                isQuoted = isQuoted || doubt.announcesQuotation
                let tokens = polished(clause)
                if let reader, clauses.count == 1, words.count <= 200 {
                    if !doubt.isDoubted, let task = reader.errand(tokens) { return .add([task]) }
                    return reader.language.isErrand(tokens, in: slots.text) ? .errand(words) : .unclear(words)
                }
                guard clauses.count == 1, words.count <= 200, slots.tasks.isErrand(tokens),
                    tokens.at(1)?.isWord(Self.persons) != true
                else { return .unclear(words) }
                return doubt.isDoubted ? .errand(words) : errand(tokens).map { .add([$0]) } ?? .errand(words)
            }
            return intent.changesTasks && (isQuoted || doubt.isDoubted) ? .unclear(words) : intent
        }
    }

    /// Whether each clause of a message has a sign that it is no request.
    func isDoubted(_ tokens: Tokens) -> Bool {
        let clauses = ClauseSplitter(parser: self).clauses(tokens)
        return !clauses.isEmpty && clauses.allSatisfy { Doubt($0, of: tokens, self).isDoubted }
    }

    /// Returns the task of an errand with a date or a recurrence, which nobody says in passing: "water the plants every
    /// Friday".
    private func errand(_ tokens: Tokens) -> NewTask? {
        guard !tokens.contains(where: { $0.isWord(Self.persons) }),
            let task = slots.tasks.single(tokens), task.slots.due != nil || task.slots.recurrence != nil
        else { return nil }
        return SmallTalk.isNoNeed(tokens) ? nil : task
    }

    /// Removes "oops" before a request; on its own it means undo.
    private func withoutOops(_ tokens: Tokens) -> Tokens {
        let rest = tokens.drop { $0.isWord(["oops", "whoops", "ups", "ouch", "damn"]) || $0.isEdge }
        return rest.isEmpty ? tokens : rest
    }

    /// Returns the intent of one clause. Misspelt words are corrected only if nothing else matches.
    func intent(_ clause: Tokens) -> Intent? {
        let tokens = polished(clause)
        guard !tokens.isEmpty else { return nil }
        let range = tokens.startIndex..<tokens.endIndex
        if let known = memory.intents[range] { return known }
        let intent = reader.map { $0.request(tokens) ?? question(tokens) } ?? newIntent(tokens)
        memory.intents[range] = .some(intent)
        return intent
    }

    /// Returns the question that the English of the tokens asks. It changes nothing, so its own grammar does not matter.
    private func question(_ tokens: Tokens) -> Intent? {
        let intent = read(slots.english(tokens), allowingTypos: false)
        switch intent {
        case .list, .search, .show, .say: return intent
        default: return nil
        }
    }

    /// The reader of the message's language; nil for English.
    private var reader: LanguageReader? { slots.language.map { LanguageReader(language: $0, slots: slots) } }

    /// The first words of requests.
    var openers: Set<String> { slots.language?.openers ?? ClauseSplitter.openers }
    /// Words and marks between two requests.
    var separators: Set<String> {
        slots.language.map { $0.separators.union(["&", "-"]) } ?? ClauseSplitter.separators
    }

    private func newIntent(_ clause: Tokens) -> Intent? {
        let tokens = withException(clause)
        return wish(tokens) ?? read(tokens, allowingTypos: false) ?? dated(tokens) ?? read(tokens, allowingTypos: true)
    }

    /// "Mark all as done except 1" as "mark all except 1 as done".
    private func withException(_ tokens: Tokens) -> Tokens {
        guard let place = tokens.firstIndex(where: { $0.isWord(ReferenceParser.exceptions) }),
            tokens.first?.isWord(["mark", "set", "flag", "tick", "check"]) == true
        else { return tokens }
        let head = tokens[..<place].trimmed
        guard head.count > 2, head.last?.isWord(FilterWords.completed.union(FilterWords.pending)) == true else {
            return tokens
        }
        let state = head.suffix(head.dropLast().last?.isWord(["as", "to"]) == true ? 2 : 1)
        return Array(head.dropLast(state.count) + tokens[place...] + state)[...]
    }

    /// "Tomorrow I need to buy flowers", "every Monday I have to take out the trash"
    private func dated(_ tokens: Tokens) -> Intent? {
        var found = TaskSlots()
        var rest = tokens
        work.spend(100)
        if let (recurrence, tail) = RecurrenceParser(local: slots.local).recurrence(tokens) {
            found.recurrence = recurrence
            found.due = recurrence.due(slots.local)
            rest = tail
        } else if let (due, tail) = slots.dates.leading(tokens) {
            found.due = due
            rest = tail
        }
        guard found != TaskSlots(), !rest.trimmed.isEmpty,
            case .add(let tasks)? = read(polished(rest), allowingTypos: false)
        else { return nil }
        return .add(tasks.map { NewTask(title: $0.title, slots: $0.slots.filled(from: found)) })
    }

    /// "I want to delete task 3" asks to delete; "I want to buy milk" is a task.
    private func wish(_ tokens: Tokens) -> Intent? {
        work.spend(10)
        for opening in Self.wishes where tokens.starts(with: opening) && tokens.count > opening.count {
            let rest = polished(tokens.dropFirst(opening.count))
            guard let intent = read(rest, allowingTypos: false), intent.isCertain(in: rest) else { return nil }
            return intent
        }
        return nil
    }

    private func read(_ tokens: Tokens, allowingTypos: Bool) -> Intent? {
        guard tokens.count <= Self.longest else { return match(Rule.adding, tokens, false) }
        for rules in [Rule.talk, Rule.undoing, Rule.details] {
            if let intent = match(rules, tokens, allowingTypos) { return intent }
        }
        guard !work.isSpent else { return nil }
        let words = allowingTypos ? corrected(tokens) : tokens
        if let intent = ListParser(slots: slots).intent(words) { return intent }
        return match(Rule.changes, tokens, allowingTypos)
    }

    private func match(_ rules: [Rule], _ tokens: Tokens, _ allowingTypos: Bool) -> Intent? {
        let isLong = tokens.count > Self.longest
        for rule in rules {
            for pattern in rule.patterns where !isLong || pattern.captures < 2 {
                // "remind me to send the contract, it is urgent" is not an urgent task.
                if pattern.isOpen, let first = tokens.first, first.isWord(Self.verbs) { continue }
                guard !work.isSpent else { return nil }
                let intent = pattern.match(tokens, typos: allowingTypos ? typos : nil, work) { found in
                    rule.build(Captures(tokens: found, slots: slots))
                }
                if let intent { return intent }
            }
        }
        return nil
    }

    /// Corrects misspelt words of questions.
    private func corrected(_ tokens: Tokens) -> Tokens {
        guard tokens.count <= 30 else { return tokens }
        return tokens.map { token in
            guard token.kind == .word, token.text.utf8.count <= 64,
                (4...16).contains(token.text.unicodeScalars.count), !ListParser.vocabulary.contains(token.key)
            else { return token }
            work.spend(ListParser.spellings.count / 2)
            let spelling = Spelling(token.text)
            guard let word = ListParser.spellings.first(where: { EditDistance.isTypo(spelling, of: $0.spelling, work) })
            else { return token }
            return Token(kind: .word, text: word.word, range: token.range)
        }[...]
    }

    /// Removes courtesies at both ends.
    func polished(_ clause: Tokens) -> Tokens {
        work.spend(clause.count / 8)
        var tokens = clause.trimmed
        while work.spend(20) {
            let before = tokens
            for opening in slots.language?.openings ?? Self.openings where tokens.starts(with: opening) {
                let rest = tokens.dropFirst(opening.count).trimmed
                if !rest.isEmpty { tokens = rest }
            }
            if tokens.count > 2, tokens.first?.key == "first", tokens.at(1)?.isWord(Self.verbs) == true {
                tokens = tokens.dropFirst()
            }
            for ending in slots.language?.endings ?? Self.endings where tokens.count > ending.count {
                let rest = tokens.dropLast(ending.count)
                guard tokens.ends(with: ending), rest.last?.key != "from" else { continue }
                tokens = rest.trimmed
            }
            if tokens.isSame(as: before) { break }
        }
        return tokens
    }

    /// Returns whether the clause begins with words by which nothing is asked for yet: "maybe", "can I".
    func isHedged(_ clause: Tokens) -> Bool {
        var tokens = clause.trimmed
        while work.spend(20) {
            if (slots.language?.hedges ?? Self.hedges).contains(where: tokens.starts) { return true }
            let opening = (slots.language?.openings ?? Self.openings).first {
                tokens.starts(with: $0) && tokens.count > $0.count
            }
            guard let opening else { return false }
            tokens = tokens.dropFirst(opening.count).trimmed
        }
        return true
    }

    private static let hedges: [[String]] = [
        "can i", "could i", "may i", "can we", "could we", "maybe", "perhaps", "possibly", "you should", "should",
    ].map { $0.split(separator: " ").map(String.init) }
    /// The user and the assistant, who are spoken of in small talk: "tell me tomorrow", "talk to you on Friday".
    private static let persons: Set<String> = ["me", "you", "u", "ya", "yourself", "us"]
    private static let openings: [[String]] = [
        "please", "pls", "plz", "kindly", "hey", "hi", "hello", "steward", "ok", "okay", "well", "so", "now", "then",
        "and",
        "also", "just", "oh", "hmm", "um", "actually", "finally", "alright", "great", "thanks", "perfect", "sorry",
        "can you", "could you", "would you", "will you", "i want you to", "i would like you to", "i need you to",
        "let us",
        "go ahead and", "you can", "you should", "yes ,", "no ,", "wait", "after that", "afterwards", "good morning",
        "do me a favor and", "can i", "could i", "may i", "quickly", "maybe", "perhaps", "by the way", "btw",
    ].map { $0.split(separator: " ").map(String.init) }
    private static let endings: [[String]] = [
        "please", "pls", "plz", "thanks", "thx", "thank you", "for me", "now", "ok", "okay", "right now", "if you can",
        "steward", "right away", "would you", "could you", "immediately", "thank you very much", "thanks a lot",
        "will you",
    ].map { $0.split(separator: " ").map(String.init) }
    /// Verbs that begin a request, and not the title of a task.
    static let verbs: Set<String> = [
        "add", "create", "remind", "remember", "i", "we", "do", "put", "need", "make", "note", "set", "mark", "delete",
        "remove", "change", "update", "rename", "new", "find", "search", "show", "list", "move", "jot", "write", "help",
        "clear", "cancel", "erase", "drop", "trash", "complete", "finish", "reopen", "get", "throw", "undo", "postpone",
        "tag", "check", "tick", "wipe", "repeat", "prioritize", "prioritise", "snooze", "push", "restore", "bring",
        "buy", "call", "edit", "no", "yes", "all", "reschedule", "untag", "label", "close", "open", "redo", "swap",
        "merge", "sort", "split", "share", "print", "export", "import", "hide", "archive", "assign", "start", "stop",
    ]
    private static let wishes: [[String]] = [
        "i want to", "i need to", "i would like to", "i have to", "let me", "i wish to", "we need to",
        "i want", "i must",
    ].map { $0.split(separator: " ").map(String.init) }
}
