extension Rule {
    static let talk: [Rule] = [
        Rule(
            "hello|hi|hey|hiya|howdy|greetings|moin|yo (there|steward|again|all)", "good morning|afternoon|evening|day"
        ) {
            _ in .say(.hello)
        },
        Rule(
            "thanks|thx|ty|cheers|thankyou (a) (lot|much|so|bunch|again|steward) (much)",
            "thank you (so|very|again) (much)", "many thanks", "much appreciated",
            "(thank|thanks) (you) (,) that is|will (be) all|it|everything (for) (now|today)", "nothing else"
        ) { _ in .say(.thanks) },
        Rule("bye|goodbye|ciao|cya (for) (now)", "good night|bye", "see you|ya (later|soon|tomorrow)") { _ in
            .say(.goodbye)
        },
        Rule(
            "help (me)", "i need (some) help", "what can|could you do (for) (me)", "what do you do|understand|know",
            "what can i say|ask|do (here) (to) (you)", "how does|do this|it|you work", "how do i use this|it|you",
            "commands|options|usage|instructions|examples", "what are your|the commands|options|abilities|features",
            "show (me) (the) help|commands|options", "what else can you do",
            "how do i add|delete|complete|create a task"
        ) { _ in .say(.help) },
        Rule(
            "who|what are you|u", "are you a|an (real) bot|robot|human|ai|person|machine|model|chatbot",
            "are you human|real",
            "what is your name", "who is this", "who made|built|wrote you", "tell me about yourself",
            "which model are you", "what model are you"
        ) { _ in .say(.whoAreYou) },
        Rule("what time is it", "what is the time|date (today)", "what day|date is it|today (today)", "what is today") {
            _ in
            .say(.date)
        },
        Rule("how are you (doing) (today)", "how is it going", "what is up") { _ in .say(.howAreYou) },
        Rule(
            "great|perfect|nice|cool|awesome|excellent|good|super|wonderful|amazing|wow (job|work|one|thanks)",
            "well done", "i love you|it|this", "you are great|awesome|amazing|helpful"
        ) { _ in .say(.praise) },
        Rule(
            "yes|y|yep|yeah|yup|sure|ok|okay|confirm|confirmed|correct|definitely (please|do|sure) (it|that)",
            "go ahead", "do it|that", "yes go ahead", "yes i am sure", "i am sure", "of course", "sounds good",
            "yes delete|remove (them|it|all) (all)"
        ) { _ in .yes },
        Rule(
            "no|n|nope|nah|stop|abort|nevermind (thanks|thank|do) (you|not)", "never mind", "do not", "cancel",
            "cancel that", "forget (about) it|that|them|this", "drop|scrap|skip it|that|this", "leave it|them (alone)",
            "no never mind", "rather not"
        ) { _ in .no },
        Rule(
            "do not|never (ever) @remove|complete|finish|mark|tick|check|change|rename|move|touch|add|undo|reopen <ref>"
        ) { _ in .no },
    ]

    static let undoing: [Rule] = [
        Rule(
            "undo (it|that|this|last|all) (change|again|one)",
            "undo the|my last|previous|latest (thing|change|action|one|step)",
            "undo what you (just) did", "undo (the) deletion|delete|change|completion", "take that|it back",
            "revert (it|that|this)", "revert the|my last|previous change|action", "bring it|that|them back",
            "restore it|that|them",
            "reverse that|it", "oops|whoops (undo) (that|it)",
            "put it|that|them back", "roll (it|that) back", "undelete (it|that)",
            "undo your last|previous change|action", "restore the deleted task|one", "oops take that back"
        ) { _ in .undo(change: nil) },
        Rule("redo (it|that|this)", "undo the|that|this|last undo", "undo the last undo", "restore the change") { _ in
            .redo
        },
        Rule(
            "bring back <ref>", "bring <ref> back", "restore|undelete|recover|revive <ref>",
            "put <ref> back on|onto|to|in|into my|the (todo|to-do|task) list", "add <ref> back (to) (my) (the) (list)",
            "undo (the) deletion|removal|delete|deleting of <ref>", "undo deleting|removing <ref>",
            "i|we (still) (do) need|want <ref> back (after) (all)"
        ) { captures in
            switch captures.reference {
            case .ids(let ids)? where ids.count == 1: .restore(.ids(ids))
            case .title(let words, _)?: .restore(.title(words, parts: []))
            default: nil
            }
        },
        Rule(
            "undo|revert (the|my|your) last|previous|latest <count> (changes|things|actions|steps|ones|edits)",
            "undo|revert (the|my|your) last|previous|latest <count> of (them|those|these)",
            "undo|revert <count> changes|things|actions|steps|times|edits",
            "take back (the|my|your) last|previous|latest <count> (changes|things|actions|steps|ones|edits)",
            "take (the|my|your) last|previous|latest <count> (changes|things|actions|steps|ones|edits) back",
            "undo|revert both|twice (of) (the|them|those|changes) (changes)"
        ) { captures in
            guard let words = captures.tokens["count"] else { return .undoLast(2) }
            if words.phrase() == "couple" || words.phrase() == "couple of" { return .undoLast(2) }
            guard words.count == 1, let count = NumberWords.count(words.first), (1...999).contains(count) else {
                return nil
            }
            return .undoLast(count)
        },
        Rule("undo|revert that|it|this and the|what one|change|thing|was (before) (that|it)") { _ in .undoLast(2) },
        Rule("undo (the) change (number) <number>") { captures in
            guard let number = captures.tokens["number"]?.first?.number, captures.tokens["number"]?.count == 1 else {
                return nil
            }
            return .undo(change: number)
        },
    ]
}
