extension Rule {
    static let completing: [Rule] = [
        Rule(
            "mark|set|flag|put|change|turn|move <ref> back (to|as) (@undone)",
            "mark|set|flag|change|turn <ref> (to|as|is) (be) @undone (again)",
            "mark|set|flag|change <ref> (to|as|is) not (yet) @done (yet)",
            "reopen|re-open|uncheck|untick|uncomplete|unmark|unfinish <ref>",
            "open <ref> again", "i have not @done <ref> (yet)", "i did not do|finish|complete <ref> (yet)",
            "<ref> is|are not (yet) @done (yet) (after) (all)", "<ref> is|are (still) pending|open|undone|unfinished",
            "uncross <ref>"
        ) { captures in captures.reference.map { .complete($0, false) } },
        Rule(
            "mark|set|flag|change|turn|make|tick|check|move <ref> (off) (to|as|is) (be|being) @done",
            "mark|tick|check|cross|strike off|out|through <ref>",
            "tick|check|cross|strike <ref> off|out", "mark as @done <ref>", "mark|flag @done (:) <ref>",
            "complete|finish|tick|check|close|resolve|completed|finished (:) (with|off) <ref>",
            "done (with|:) (with) <ref>",
            "i am|have (just|already|now) done|finished|through (with) <ref>",
            "i (have) (just|already|now|also) done|did|finished|completed|finish|complete|closed (with) <ref>",
            "<ref> is|are|was|were|has|got|have (been) (now|already|all) @done (now|already)", "<ref> @done",
            "just did|finished|completed <ref>", "we (have|are) (just) done|finished|completed (with) <ref>"
        ) { captures in
            guard let words = captures.tokens["ref"]?.trimmed, let first = words.first,
                !["what", "which", "how", "is", "are", "who", "when", "not"].contains(first.key)
            else { return nil }
            return captures.reference.map { .complete($0, true) }
        },
    ]

    /// "I paid the bills" completes "Pay the bills".
    static let reporting: [Rule] = [
        Rule("i|we (have) (just|already|now|also|finally) <verb> <ref>") { captures in
            guard let verb = captures.tokens["verb"], verb.count == 1,
                let base = verb.first.flatMap({ PastTense.base($0.key) }),
                // "I did not call mom" and "I got to call mom" do not report a completion.
                !["not", "to"].contains(captures.tokens["ref"]?.first?.key),
                case .title(let words, _)? = captures.reference
            else { return nil }
            return .complete(.title("\(base) \(words)", parts: []), true)
        }
    ]

    static let deleting: [Rule] = [
        Rule("clear|empty|wipe|delete|erase (out) (all) (of) my|the|our (whole|entire) (todo|to-do|task) list") { _ in
            .delete(.all(TaskFilter(status: .all)))
        },
        Rule(
            "take|cross|scratch|strike <ref> off|from (of) (my|the|our) (todo|to-do|task) list",
            "@remove (out|up) <ref> (from) (my|the) (todo|to-do|task) list",
            "@remove (out|up) <ref>",
            "get rid of <ref>", "throw <ref> away", "throw away <ref>", "forget about <ref>",
            "i do not need <ref> anymore", "i do not need <ref> any more",
            "i no longer need <ref>"
        ) { captures in captures.reference.map { .delete($0) } },
    ]
}
