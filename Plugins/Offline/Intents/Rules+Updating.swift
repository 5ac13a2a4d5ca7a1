import JSON

extension Rule {
    static let updating: [Rule] = [priority, tags, dueDate, description, recurrence, title].flatMap(\.self)

    private static func update(_ captures: Captures, _ arguments: JSONObject) -> Intent? {
        captures.reference.map { .update($0, TaskChanges(arguments: arguments)) }
    }

    private static func rename(_ captures: Captures) -> Intent? {
        guard let words = captures.tokens["title"]?.trimmed, let title = captures.title else { return nil }
        let isQuoted = words.count == 1 && words.first?.kind == .quoted
        guard isQuoted || !["done", "pending", "completed", "complete"].contains(words.phrase()) else { return nil }
        return update(captures, ["title": .string(title)])
    }

    /// A new due date, or the old one moved by a duration.
    static func moved(_ captures: Captures) -> Intent? {
        guard let tokens = captures.tokens["when"], let reference = captures.reference else { return nil }
        if let (count, unit, rest) = DurationParser.span(tokens.trimmed), rest.trimmed.isEmpty {
            return .update(reference, TaskChanges(delay: TaskChanges.Delay(count: count, unit: unit)))
        }
        return due(tokens, of: reference, captures)
    }

    private static func due(_ captures: Captures) -> Intent? {
        guard let reference = captures.reference, let tokens = captures.tokens["when"] else { return nil }
        return due(tokens, of: reference, captures)
    }

    /// Reads a due date. A time alone keeps the day of the task; a day alone keeps its time, if the task is the one
    /// mentioned last.
    static func due(_ tokens: Tokens, of reference: TaskReference, _ captures: Captures) -> Intent? {
        captures.slots.work.spend(100)
        guard let due = captures.slots.dates.whole(tokens), let parts = captures.slots.dates.parts(tokens) else {
            return nil
        }
        let keepsDay = parts.day == nil && parts.instant == nil
        let keepsTime = parts.clock == nil && parts.instant == nil && reference == .it
        guard keepsDay || keepsTime else {
            return .update(reference, TaskChanges(arguments: ["due_at": .string(due.timestamp)]))
        }
        let moment = TaskChanges.Moment(day: parts.day, time: parts.clock, due: due)
        return .update(reference, TaskChanges(moment: moment))
    }

    private static let priority = [
        Rule(
            "@set (the) priority of|for|on <ref> to|as|: <level>",
            "set|change|make|update|raise|lower <ref> priority to|as <level>",
            "set|give|assign <level> priority to|for|on <ref>",
            "make|mark|set|flag|change|turn|update|put|rate <ref> (to|as|a|with|at|on|into|have) <level>",
            "give <ref> (a) <level>", "add <level> to <ref>"
        ) { captures in
            captures.priority.flatMap { update(captures, ["priority": .string($0.rawValue)]) }
        },
        Rule("<ref> is|are|has|have (now|very|really|a) <level>") { captures in
            // "My boss is important" and "that is important" say nothing of a task.
            guard captures.namesTask || captures.said?.first?.key == "the", captures.said?.phrase() != "that" else {
                return nil
            }
            return captures.priority.flatMap { update(captures, ["priority": .string($0.rawValue)]) }
        },
        Rule("<ref> is|are not <level> (any|anymore) (more)") { captures in
            guard captures.namesTask else { return nil }
            return captures.priority.flatMap { $0 == .high ? update(captures, ["priority": "medium"]) : nil }
        },
        Rule("prioritize|prioritise <ref>", "raise|increase (the) priority of|for|on <ref>", "bump (up) <ref>") {
            update($0, ["priority": "high"])
        },
        Rule("deprioritize|deprioritise <ref>", "lower|reduce|decrease (the) priority of|for|on <ref>") {
            update($0, ["priority": "low"])
        },
    ]

    private static let tags = [
        Rule(
            "tag|label <ref> (as|with) (tag|tags) : <tags>", "tag|label <ref> as|with <tags>",
            "add (the|a) tag|tags|label|labels <tags> to|on <ref>",
            "put (the|a) tag|tags|label <tags> on <ref>"
        ) { captures in
            guard let tags = captures.tags else { return nil }
            return captures.reference.map { .update($0, TaskChanges(addedTags: tags)) }
        },
        Rule("add <tags> to|on <ref>", "tag|label <ref> <tags>") { captures in
            guard let tags = captures.tags, captures.tokens["tags"]?.contains(where: { $0.kind == .tag }) == true else {
                return nil
            }
            return captures.reference.map { .update($0, TaskChanges(addedTags: tags)) }
        },
        Rule("add|put (the|a) <tags> tag|tags|label|labels to|on <ref>") { captures in
            guard let tags = captures.tags else { return nil }
            return captures.reference.map { .update($0, TaskChanges(addedTags: tags)) }
        },
        Rule(
            "remove|delete|drop|clear (the|a) tag|tags|label|labels <tags> from|of|on <ref>",
            "remove|delete|drop|clear (the|a) <tags> tag|tags|label|labels from|of|on <ref>",
            "untag <ref> as|from <tags>"
        ) { captures in
            guard let tags = captures.tags else { return nil }
            return captures.reference.map { .update($0, TaskChanges(removedTags: tags)) }
        },
        Rule("remove|delete|drop <tags> from <ref>") { captures in
            guard let tags = captures.tags, captures.tokens["tags"]?.contains(where: { $0.kind == .tag }) == true else {
                return nil
            }
            return captures.reference.map { .update($0, TaskChanges(removedTags: tags)) }
        },
        Rule("remove|delete|clear|drop (all) (the) tags|labels of|from|on <ref>", "untag <ref>") {
            update($0, ["tags": []])
        },
    ]

    private static let dueDate = [
        Rule(
            "@remove|unset (out) (the|a|any) deadline|reminder|date of|from|for|on <ref>",
            "@remove|unset (out) (the|a|any) due date|time|day of|from|for|on <ref>",
            "take (the|a) due date off (of) <ref>",
            "take (the|a) deadline off (of) <ref>",
            "make|set|leave|put|change|keep <ref> without|no (a|any) due date",
            "make|set|leave|put|change|keep <ref> without|no (a|any) deadline|date",
            "make|set|change <ref> (to) (be) undated|unscheduled|dateless", "unschedule <ref>",
            "set|change|make <ref> (to|have) no due date", "set|change|make <ref> (to|have) no deadline|date",
            "set|change|update (the) due date of|for|on <ref> to none|nothing|null|never|empty",
            "give <ref> no due date",
            "give <ref> no deadline"
        ) { update($0, ["due_at": nil]) },
        Rule("@remove|unset <ref> due date|time", "@remove|unset <ref> deadline") { captures in
            // "Delete all tasks without a due date" is another request.
            guard captures.said?.last?.isWord(["a", "an", "any", "no", "without", "with"]) == false else { return nil }
            return update(captures, ["due_at": nil])
        },
        Rule(
            "<ref> has|needs|gets (now) no deadline|due (date) (anymore|any) (more)",
            "<ref> should|must|can have no deadline|due (date)", "<ref> is not due (anymore|any) (more)",
            "<ref> does not have|need (a|any) deadline|due (date) (anymore|any) (more)"
        ) { captures in
            captures.namesTask ? update(captures, ["due_at": nil]) : nil
        },
        Rule("move|postpone|push|delay|snooze|shift|defer <ref> (back) (by|for) <delay>") { captures in
            guard let tokens = captures.tokens["delay"], let (count, unit, rest) = DurationParser.span(tokens),
                rest.isEmpty
            else { return nil }
            let delay = TaskChanges.Delay(count: count, unit: unit)
            return captures.reference.map { .update($0, TaskChanges(delay: delay)) }
        },
        Rule("set|change|update|move (the|a) due date|time of|for|on <ref> (to) <when>") { due($0) },
        Rule(
            "@move (off) <ref> (back|out|off|forward) (to|until|till|for|on) <when>",
            "set|change|update|move|add|put|make (the|a) (due) date|deadline|time|day of|for|on|to <ref> to|: <when>",
            "add|set|put (a) (due) date|deadline of|for|on <when> to|for|on <ref>",
            "make|set|mark <ref> (be) due (date) (to|for|at|by|on) <when>",
            "<ref> is|are|should (be) due (by|on|at) <when>", "change|set|update|move <ref> (to|for) <when>",
            "remind me (about|of) <ref> again (on|at|in) <when>", "<ref> should|must|can be done (by|before) <when>",
            "give <ref> a deadline of|on|for <when>"
        ) { captures in
            // A quotation is a title: "change task 1 to 'tomorrow'".
            due(captures)
        },
        Rule(
            "make|set|change|put|move|have|do <ref> (be) (due) (to|for|on|at|by) <when> (instead|then|rather)",
            "make|set|change|put|move <ref> due <when>"
        ) { captures in
            // "make that Saturday" applies only to an unambiguous task.
            captures.reference?.isExplicit == true ? due(captures) : nil
        },
        Rule(
            "i mean|meant (to) (say) (on|for|at) <when>", "<when> instead|rather", "rather (on|at|for) <when>",
            "not <old> but <when>", "<when> not <old>", "on second thought|thoughts (,) <when>", "let us say <when>"
        ) { captures in
            captures.tokens["when"].flatMap { due($0, of: .it, captures) }
        },
        Rule(
            "schedule|plan|finish|complete|do|put <ref> by|before|until|on|for|to <when>",
            "remind me (about|of) <ref> <when>"
        ) { captures in
            // Only for an unambiguous task: "remind me about the party tomorrow" is a new one.
            guard captures.reference?.isExplicit == true, let due = captures.due else { return nil }
            return update(captures, ["due_at": .string(due.timestamp)])
        },
    ]

    private static let description = [
        Rule("remove|delete|clear|drop (the) description|note|notes|details of|from|for|on <ref>") {
            update($0, ["description": nil])
        },
        Rule(
            "add (a|the) description|note|notes|details to|for|on <ref> (saying|that|:) (:) <title>",
            "set|change|update (the) description|note|notes|details of|for|on <ref> to|: <title>",
            "describe <ref> as <title>",
            "note on|for <ref> : <title>"
        ) { captures in
            guard let title = captures.tokens["title"]?.trimmed,
                captures.reference?.isExplicit == true || title.first?.kind == .quoted
                    || captures.tokens["ref"]?.contains(where: { $0.isWord(FilterWords.tasks) }) == true
            else { return nil }
            return update(captures, ["description": .string(captures.slots.tasks.plain(title))])
        },
    ]

    private static let recurrence = [
        Rule(
            "stop repeating <ref>", "<ref> should not repeat (anymore)", "do not repeat <ref> (anymore)",
            "make <ref> not repeat"
        ) {
            update($0, ["recurrence": nil])
        },
        Rule(
            "make|let|set|have <ref> (to) repeat|recur|recurring <rule>", "repeat <ref> <rule>",
            "make|set <ref> (to|as|a) <rule>", "<ref> repeats <rule>"
        ) { captures in
            guard let tokens = captures.tokens["rule"],
                let (recurrence, due) = captures.recurrence(tokens)
            else { return nil }
            var arguments: JSONObject = ["recurrence": .string(recurrence.rule)]
            if let due { arguments["due_at"] = .string(due.timestamp) }
            return update(captures, arguments)
        },
    ]

    private static let title = [
        Rule(
            "change|update|edit|set|modify (the) title|name|text|wording of|for <ref> to|into|as|: <title>",
            "change|rename|edit|update|modify|retitle|reword|rephrase|turn|correct <ref> title|name to|into|: <title>",
            "rename|retitle|reword|rephrase <ref> to|into|as|: (:) <title>",
            "change|edit|update|modify|correct <ref> to|into|: (be|say|read|:) <title>",
            "call <ref> <title> instead"
        ) { rename($0) },
        Rule(
            "turn <ref> to|into (:) <title>", "<ref> should be called <title>",
            "<ref> should (now) say|read|be <title>"
        ) { captures in
            // "Turn water into wine" and "life should be easy" are said of other things.
            captures.namesTask ? rename(captures) : nil
        },
        Rule("replace <ref> with|by <title>") { captures in
            captures.title.flatMap { update(captures, ["title": .string($0)]) }
        },
        Rule("rename|call|change|edit|update <ref> <title>") { captures in
            // Without a word in between, only a quotation is clearly the new title.
            guard let title = captures.title, captures.tokens["title"]?.trimmed.first?.kind == .quoted,
                captures.tokens["title"]?.trimmed.count == 1
            else { return nil }
            return update(captures, ["title": .string(title)])
        },
    ]
}
