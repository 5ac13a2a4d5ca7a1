/// A parser of new tasks: the title, and around it dates, priorities, tags and a description.
struct NewTaskParser {
    let text: String
    let local: LocalTime
    let work: Work
    /// The language of the message; nil for English.
    var language: Language?

    /// Returns one task, even if its text contains "and".
    func single(_ tokens: Tokens) -> NewTask? {
        var slots = TaskSlots()
        let rest = strip(tokens, into: &slots)
        return title(rest, &slots).map { NewTask(title: $0, slots: slots) }
    }

    /// Returns the attributes, where the tokens are not part of a title.
    func slots(_ tokens: Tokens) -> TaskSlots? {
        var slots = TaskSlots()
        let rest = strip(tokens, into: &slots, keepsTitle: false)
        return rest.trimmed.isEmpty ? slots : nil
    }

    /// Returns the tasks of a list, or of a sentence that clearly lists several.
    func several(_ tokens: Tokens, isList: Bool) -> [NewTask] {
        var shared = TaskSlots()
        var rest = strip(tokens, into: &shared)
        var (isList, whole) = (isList, tokens)
        let arrangement = Arrangement.trailing(rest, work)
        if let arrangement {
            // "Add milk and bread to my list as two tasks."
            let ends = [["to", "my", "list"], ["to", "the", "list"], ["on", "my", "list"]]
            whole = arrangement.rest.dropLast(ends.contains { arrangement.rest.ends(with: $0) } ? 3 : 0)
            rest = strip(whole, into: &shared)
            isList = isList || arrangement.0 == .list
        }
        let sides = rest.split { [",", "and", "n", "&", ";", "\n"].contains($0.key) && $0.kind != .quoted }
            .map { Self.withoutNumber($0).drop { ["-", "*", "•", "and", "also", "to"].contains($0.text) } }
            .filter { !$0.trimmed.isEmpty }
        let tasks = sides.compactMap { work.isSpent ? nil : single($0) }
        guard sides.count > 1, tasks.count == sides.count, arrangement?.0 != .single, isList || looksLikeItems(sides)
        else {
            return single(whole).map { [NewTask(title: $0.title, slots: $0.slots.filled(from: shared))] } ?? []
        }
        return tasks.map { NewTask(title: $0.title, slots: $0.slots.filled(from: shared)) }
    }

    /// Removes the "1." of a numbered list.
    private static func withoutNumber(_ side: Tokens) -> Tokens {
        let isNumbered = side.first?.number != nil && [".", ")"].contains(side.at(1)?.key)
        return isNumbered ? side.dropFirst(2) : side
    }

    /// Returns whether the parts are things ("milk and eggs") or errands that each have a verb ("call mom and pay the
    /// rent").
    private func looksLikeItems(_ sides: [Tokens]) -> Bool {
        let sides = sides.map { side in
            if work.isSpent { return side }
            var slots = TaskSlots()
            return strip(side, into: &slots).trimmed
        }
        guard !work.isSpent else { return false }
        if sides.allSatisfy({ $0.count == 1 && $0.first?.kind == .quoted }) { return true }
        let hasVerb = sides.map { side in
            language?.isErrand(side, in: text) ?? side.first.map { Self.verbs.contains($0.key) } ?? false
        }
        if hasVerb.allSatisfy(\.self) { return sides.allSatisfy { $0.count > 1 } }
        return !hasVerb.contains(true) && sides.allSatisfy { $0.count <= 2 }
    }

    /// Removes attributes from both ends of a title.
    private func strip(_ tokens: Tokens, into slots: inout TaskSlots, keepsTitle: Bool = true) -> Tokens {
        func isEnough(_ head: Tokens) -> Bool { !keepsTitle || !head.trimmed.isEmpty }
        work.spend(50 + tokens.count)
        var rest = leading(description(tokens.trimmed, into: &slots), into: &slots)
        // From the last to the first.
        var tags: [[String]] = []
        // Searches the last thirty places.
        while work.spend(150) {
            let before = rest
            while let last = rest.last, Self.endings.contains(last.key), rest.count > 1 { rest = rest.dropLast() }
            if let head = Self.withoutDueDate(rest), isEnough(head) {
                rest = head
            } else if let (found, head) = TagPhrase.trailing(rest), isEnough(head) {
                tags.append(found)
                rest = head
            } else if slots.priority == nil, let (priority, head) = Priority.trailing(rest), isEnough(head) {
                slots.priority = priority
                rest = head
            } else if slots.recurrence == nil,
                let (recurrence, due, head) = RecurrenceParser(local: local).trailing(rest, dates),
                isEnough(head)
            {
                slots.recurrence = recurrence
                slots.due = slots.due ?? due
                rest = head
            } else if slots.due == nil,
                let (due, head) = dates.trailing(rest, on: slots.recurrence?.firstDay), isEnough(head)
            {
                slots.due = due
                rest = head
            } else if rest.isSame(as: before) {
                break
            }
        }
        slots.tags = (tags.reversed().flatMap(\.self) + slots.tags).unique
        if slots.due == nil, let recurrence = slots.recurrence {
            slots.due = recurrence.due(local)
        }
        return slots.due == nil && keepsTitle ? beforeVerb(rest, into: &slots) : rest
    }

    /// Removes a date before the verb of a language whose verbs come last: "Rechnungen bis Freitag bezahlen".
    private func beforeVerb(_ tokens: Tokens, into slots: inout TaskSlots) -> Tokens {
        guard let language, language.infinitives.isLast, tokens.count > 2, let verb = tokens.last,
            language.isInfinitive(verb, in: text)
        else { return tokens }
        let hasParticle = tokens.dropLast().last?.text == language.infinitives.particle
        let end = tokens.suffix(hasParticle ? 2 : 1)
        guard let (due, head) = dates.trailing(tokens.dropLast(end.count)), !head.trimmed.isEmpty else { return tokens }
        slots.due = due
        return Array(head + end)[...]
    }

    /// Removes "without a due date", which is how a task is anyway.
    private static func withoutDueDate(_ tokens: Tokens) -> Tokens? {
        for start in tokens.indices.dropFirst().suffix(5) where tokens[start].isWord(["without", "with", "no"]) {
            guard let (isSet, rest) = TaskFilter.dueDate(tokens[start...]), !isSet, rest.allSatisfy(\.isPunctuation)
            else {
                continue
            }
            return tokens[..<start]
        }
        return nil
    }

    /// "urgent: …", "tomorrow, …", "on Friday to …", "#work …".
    private func leading(_ tokens: Tokens, into slots: inout TaskSlots) -> Tokens {
        var rest = tokens
        if let (priority, tail) = Priority.leading(rest), let mark = tail.first, [":", ",", "-"].contains(mark.key) {
            slots.priority = priority
            rest = tail.dropFirst()
        }
        if let (due, tail) = dates.leading(rest), let mark = tail.first,
            ["to", ":", ",", "-", "that"].contains(mark.key) || language != nil,
            tail.count > 1
        {
            slots.due = due
            // Other languages need no mark: "morgen Milch kaufen".
            rest = language != nil && !mark.isEdge ? tail : tail.dropFirst()
        }
        while let tag = rest.first, tag.kind == .tag, rest.count > 1 {
            slots.tags.append(tag.text)
            rest = rest.dropFirst()
        }
        return rest
    }

    /// "… with the description …", "… note: …".
    private func description(_ tokens: Tokens, into slots: inout TaskSlots) -> Tokens {
        for index in tokens.indices.dropFirst() where tokens[index].isWord(["description", "note", "notes", "details"])
        {
            let tail = tokens[(index + 1)...]
            var head = tokens[..<index]
            let isMarked = tail.first?.key == ":"
            if let last = head.last, ["the", "a", "and"].contains(last.key) { head = head.dropLast() }
            let isAnnounced = head.last?.key == "with"
            guard isMarked || isAnnounced, !tail.trimmed.isEmpty else { continue }
            if isAnnounced { head = head.dropLast() }
            guard !head.trimmed.isEmpty else { continue }
            slots.description = plain(tail.trimmed)
            return head
        }
        return tokens
    }

    /// Returns the title: a quotation unchanged, or the user's words with a capital at the start.
    private func title(_ tokens: Tokens, _ slots: inout TaskSlots) -> String? {
        let tokens = tokens.trimmed
        if let quoted = tokens.first, tokens.count == 1, quoted.kind == .quoted { return quoted.text.singleSpaced }
        work.spend(2 * tokens.count)
        if slots.due == nil { slots.due = dates.inside(tokens) }
        let tags = tokens.filter { $0.kind == .tag }.map(\.text)
        slots.tags = (tags + slots.tags).unique
        let words = tokens.split { $0.kind == .tag }.flatMap(unbroken).map(plain).joined(separator: " ")
        return words.isEmpty ? nil : (language?.infinitives.bare(words) ?? words).withCapital
    }

    /// Splits tokens where words between them were removed.
    private func unbroken(_ tokens: Tokens) -> [Tokens] {
        guard language != nil else { return [tokens] }
        var parts: [Tokens] = []
        var start = tokens.startIndex
        for index in tokens.indices.dropFirst() {
            let between =
                tokens[index - 1].range
                .upperBound..<max(tokens[index - 1].range.upperBound, tokens[index].range.lowerBound)
            guard text[between].contains(where: { !$0.isWhitespace }) else { continue }
            parts.append(tokens[start..<index])
            start = index
        }
        return parts + [tokens[start...]]
    }

    /// Returns whether the tokens sound like something to do: "buy milk".
    func isErrand(_ tokens: Tokens) -> Bool { tokens.count > 1 && tokens.first?.isWord(Self.verbs) == true }

    /// Returns the text of the tokens without a final full stop.
    func plain(_ tokens: Tokens) -> String {
        let words = quotation(tokens) ?? span(tokens)
        work.spend(words.utf8.count / 2)
        return words.singleSpaced
    }

    private func quotation(_ tokens: Tokens) -> Substring? {
        tokens.count == 1 && tokens.first?.kind == .quoted ? tokens.first?.text[...] : nil
    }

    private func span(_ tokens: Tokens) -> Substring {
        guard let first = tokens.first, let last = tokens.last else { return "" }
        return text[first.range.lowerBound..<last.range.upperBound]
    }

    private var dates: DateParser { DateParser(local: local) }

    private static let endings: Set<String> = ["please", "thanks", "thx", "and", ".", ",", "!", "?", ";", ":", "\n"]
    private static let verbs: Set<String> = [
        "ask", "book", "bring", "build", "buy", "call", "cancel", "check", "clean", "collect", "contact", "cook", "do",
        "draft", "email", "fetch", "finish", "fix", "get", "give", "go", "install", "learn", "make", "meet", "message",
        "order", "pack", "paint", "pay", "phone", "pick", "plan", "plant", "practice", "prepare", "print", "read",
        "renew",
        "repair", "reply", "return", "review", "schedule", "sell", "send", "ship", "sign", "start", "study", "submit",
        "take", "talk", "tell", "test", "text", "tidy", "update", "visit", "wash", "watch", "water", "write",
    ]
}

extension StringProtocol {
    /// The text with each run of white space replaced by one space, and none at the ends.
    var singleSpaced: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
