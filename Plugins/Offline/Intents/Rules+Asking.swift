extension Rule {
    /// Questions about one task, and about all at once.
    static let details: [Rule] = [
        Rule(
            "statistics|stats|overview|summary|progress",
            "show|give (me) (@det) statistics|stats|overview|summary|progress (of|about) (my|the) (tasks|list|todos)",
            "how am i doing (so) (far) (today)", "summarize|summarise (my|the) (tasks|list|todos)",
            "my statistics|stats|progress",
            "how is my list|progress (looking|going)", "how much have i done|left", "what is my progress"
        ) { _ in .list(TaskFilter(status: .all), .summary) },
        Rule(
            "@show (me) (the) (details|info|information) (of|about|on|for) <ref>",
            "show|display|view|get (me) <ref> details|info",
            "what is|are|was (the) (details|status|priority|description|title|name|deadline) (of|about|for) <ref>",
            "what about <ref>", "what is <ref> about", "what is <ref>", "tell me (more) about <ref>",
            "details (of|about|on|for) <ref>", "what does <ref> say|mean",
            "more about|on <ref>", "what is the due date of|for <ref>", "<ref> details"
        ) { captures in
            // Words can mean a list ("what is pending?"), so the reference must name a task.
            guard let reference = captures.reference, isTask(reference) else { return nil }
            return .show(reference)
        },
        Rule(
            "when is <ref> (due)", "when do|must|should i (have) (to) do|finish <ref>", "is <ref> @done (yet|already)",
            "have i (already) @done <ref> (yet|already)", "did i (already) do|finish|complete <ref> (yet|already)",
            "how urgent|important is <ref>", "is <ref> urgent|important|overdue|pending|open"
        ) { captures in
            guard let reference = captures.reference, let words = captures.tokens["ref"] else { return nil }
            let general: Set<String> = [
                "anything", "everything", "there", "what", "all", "any", "something", "nothing",
            ]
            guard !words.contains(where: { $0.isWord(general) }) else { return nil }
            if case .all = reference { return nil }
            return .show(reference)
        },
    ]

    private static func isTask(_ reference: TaskReference) -> Bool {
        switch reference {
        case .ids, .places, .firstPlaces, .lastPlaces: true
        case .several(let references): references.allSatisfy(isTask)
        case .it: true
        case .title, .them, .all, .except: false
        }
    }

    static let searching: [Rule] = [
        Rule(
            "find|search|locate (for|in) (me) (@any) (@task) (@about) <query>",
            "look up <query>", "look|search for (anything|something|tasks) (about) <query>",
            "do i (still) have|need to <query>", "when do|must|should i (have|need) (to) <query>",
            "tell me about <query>",
            "do i have (@any) (@task) (@about) <query>",
            "is|are there (@any) (@task) (@about) <query>",
            "which|what @task mention|mentions|contain|contains|include|includes|are|is (about) <query>",
            "where is <query>", "anything|something about <query>",
            "@show (me) (@any) (of) (@any) (@task) @about <query>"
        ) { captures in
            guard let query = captures.tokens["query"] else { return nil }
            return text(query, captures).map { .search($0) }
        }
    ]

    /// The words to search for, without those that only say that a task is meant.
    private static func text(_ tokens: Tokens, _ captures: Captures) -> String? {
        guard case .title(let words, _)? = captures.slots.reference(tokens) else { return nil }
        return words
    }
}
