extension Rule {
    static let completing: [Rule] = [
        Rule(
            "mark|set|flag|put|change|turn|move <ref> back (to|as) (@undone)",
            "mark|set|flag|change|turn <ref> (to|as|is) (be) @undone (again)",
            "mark|set|flag|change <ref> (to|as|is) not (yet) @done (yet)",
            "reopen|re-open|uncheck|untick|uncomplete|unmark|unfinish <ref>", "open <ref> again", "uncross <ref>"
        ) { captures in captures.reference.map { .complete($0, false) } },
        Rule(
            "i have not @done <ref> (yet)", "i did not do|finish|complete <ref> (yet)",
            "<ref> is|are not (yet) @done (yet) (after) (all)", "<ref> is|are (still) pending|open|undone|unfinished"
        ) { captures in
            // "The shop is open" says nothing of a task.
            captures.namesTask ? captures.reference.map { .complete($0, false) } : nil
        },
        Rule(
            "mark|set|flag|change|turn|make|tick|check|move <ref> (off) (to|as|is) (be|being) @done",
            "mark|tick|cross|strike off|out|through <ref>", "check off <ref>",
            "tick|cross|strike <ref> off|out", "check <ref> off", "mark as @done <ref>", "mark|flag @done (:) <ref>",
            "complete|finish|tick|check|close|resolve|completed|finished (:) (with|off) <ref>",
            "done (with|:) (with) <ref>"
        ) { captures in
            guard let first = captures.said?.first, let last = captures.said?.last, !first.isWord(notTasks),
                // "Check it out" asks for nothing.
                last.key != "out"
            else { return nil }
            return captures.reference.map { .complete($0, true) }
        },
        Rule(
            "i am|have (just|already|now) done|finished|through (with) <ref>",
            "i (have) (just|already|now|also) done|did|finished|completed|finish|complete|closed (with) <ref>",
            "<ref> is|are|was|were|has|got|have (been) (now|already|all) @done (now|already)", "<ref> @done",
            "just did|finished|completed <ref>", "we (have|are) (just) done|finished|completed (with) <ref>"
        ) { captures in
            guard let first = captures.said?.first, !first.isWord(notTasks), let reference = captures.reference else {
                return nil
            }
            // "Everything is done" and "I have done it all" are said of a day.
            if reference.readsList, !captures.saysTask { return nil }
            return .complete(reference, true)
        },
    ]

    private static let notTasks: Set<String> = ["what", "which", "how", "is", "are", "who", "when", "not", "why"]

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
            "get rid of <ref>", "throw <ref> away", "throw away <ref>"
        ) { captures in captures.reference.map { .delete($0) } },
        Rule(
            "forget about <ref>", "i do not need <ref> anymore", "i do not need <ref> any more",
            "i no longer need <ref>"
        ) { captures in
            // "I no longer need my boss" asks for no deletion.
            captures.namesTask ? captures.reference.map { .delete($0) } : nil
        },
    ]
}
