import JSON

extension Rule {
    /// "add milk to my list for tomorrow"
    static let listing: [Rule] = [
        Rule(
            "@put <title> @onto my|the|our (todo|to-do|task) list|tasks|todos|to-dos <slots>",
            "@put <title> @onto (my|the|our) to do list <slots>",
            "@put <title> @onto my|the|our (todo|to-do|task) list|tasks|todos|to-dos",
            "@put <title> @onto (my|the|our) to do list"
        ) { captures in
            guard let title = captures.tokens["title"] else { return nil }
            var slots = TaskSlots()
            var isList = false
            if var rest = captures.tokens["slots"] {
                if let (arrangement, before) = Arrangement.trailing(rest, captures.slots.work) {
                    isList = arrangement == .list
                    rest = before
                }
                guard let found = captures.slots.tasks.slots(rest) else { return nil }
                slots = found
            }
            guard !SmallTalk.isNoTitle(title) else { return nil }
            let tasks = captures.slots.tasks.several(title, isList: isList)
            return .add(tasks.map { NewTask(title: $0.title, slots: $0.slots.filled(from: slots)) })
        }
    ]

    static let adding: [Rule] = [
        Rule(
            "add|create|make|enter|record|insert|new|need (me) (@det) (@det) @task",
            "add|create (some|a|any|few|couple) (of) (more|other|new) @task", "add|create (something) more|else",
            "remind me", "add (something)", "i want|need to add (a) (new) (@task)", "(set) (a) (new) reminder", "new"
        ) { _ in .addNothing },
        Rule(
            "@add (me) (@det) (@det) @count (@separate) @entries (for|to|called|named|with) (:|-) <title>",
            "@add (me) (@det) (@det) @separate @entries (for|to|called|named|with) (:|-) <title>",
            "@add (me) (@det) @entries for|:|called|named <title>",
            "@add (me) a|one (@separate) @entry (each) for each|: (of) (these|those|the) (:) <title>",
            "@add (me) a|one (@separate) @entry each for|: (:) <title>",
            "tasks|todos|to-dos|items :|-|\n <title>", "add (these|this|the) (following) (@entries) : <title>",
            "add \n <title>"
        ) { captures in
            captures.tokens["title"].map(SmallTalk.isNoTitle) == false ? tasks(captures, isList: true) : nil
        },
        Rule(
            "@add (me) (up) (@det) (@det) @entry (@about|titled|saying|that|which) (says|is|:|-|me|,) (to) <title>",
            "task|todo|to-do|reminder : <title>",
            "add|create|make|enter|set (@det) (@det) to do (item|task) (called|named|titled|to|for) (:|-) <title>"
        ) { single($0) },
        Rule("new task|todo|to-do|item|reminder (called|named|titled|to|for) (:|-) <title>") { captures in
            // "New task list looks great" is no task.
            let isSaid =
                captures.tokens["title"]?.at(1)?.isWord(["is", "are", "was", "looks", "look", "seems"]) ?? false
            return isSaid ? nil : single(captures)
        },
        Rule("todo|to-do <title>") { captures in
            // "Todo lists are great" is no task.
            guard let title = captures.tokens["title"], !SmallTalk.isNoTitle(title),
                captures.slots.tasks.isErrand(title)
            else { return nil }
            return single(captures)
        },
        Rule("@add|new <adjective> @entry (@about|titled|that) (says|:|-) <title>") { captures in
            // "add an urgent task to …", "add a high priority daily task: …"
            guard var adjective = captures.tokens["adjective"], adjective.count <= 5 else { return nil }
            while let first = adjective.first, first.isWord(FilterWords.determiners.union(["new", "me", "another"])) {
                adjective = adjective.dropFirst()
            }
            var slots = TaskSlots()
            while let word = adjective.first {
                if let (priority, rest) = Priority.leading(adjective) {
                    slots.priority = priority
                    adjective = rest
                } else if let (recurrence, rest) = RecurrenceParser(local: captures.local).recurrence(adjective) {
                    slots.recurrence = recurrence
                    slots.due = recurrence.due(captures.local)
                    adjective = rest
                } else if word.kind == .tag {
                    slots.tags.append(word.text)
                    adjective = adjective.dropFirst()
                } else {
                    return nil
                }
            }
            guard !slots.arguments.isEmpty, let title = captures.tokens["title"],
                let task = captures.slots.tasks.single(title)
            else { return nil }
            return .add([NewTask(title: task.title, slots: task.slots.filled(from: slots))])
        },
        Rule(
            "remind|nudge|ping me (again) <when> to|that|about|of <title>",
            "set|create|add|make (me) (@det) reminder (for|at|on) <when> to|that|about <title>"
        ) { captures in
            guard let when = captures.tokens["when"], let title = captures.tokens["title"],
                !SmallTalk.isNoReminder(title), var task = captures.slots.tasks.single(title)
            else { return nil }
            if let (recurrence, due) = captures.recurrence(when) {
                task.slots.recurrence = recurrence
                task.slots.due = due ?? recurrence.due(captures.local)
            } else {
                guard let due = captures.due else { return nil }
                task.slots.due = due
            }
            return .add([task])
        },
        Rule(
            "remind me (to|about|of|that) (i) (have|need|must) (to) <title>",
            "set (@det) reminder (to|for|about|that) <title>",
            "i need|have|want|ought|got|would (like|got) to remember (to|that|about) <title>",
            "i must|should|will remember (to|that) <title>",
            "i must|should|can not forget (to|about|that) <title>", "do not (let) (me) forget (to|about|that) <title>",
            "help me remember (to) <title>", "make sure (that) i do (not) (forget) (to) <title>",
            "remember (to|that|:) <title>", "note (to) (myself|self) (:|-|to) <title>",
            "make|take a note (to|of|that|:) (:) <title>",
            "jot|write|note (this) down (:|that|to) <title>", "keep in mind (to|that) <title>"
        ) { captures in
            captures.tokens["title"].map(SmallTalk.isNoReminder) == false ? tasks(captures, isList: false) : nil
        },
        Rule(
            "i|we (also|really|still|just) need|have|want|got|ought|gotta (got) to <title>",
            "i|we (also|really|still) must (really|definitely|also|probably) <title>",
            "need to <title>", "i would like to <title>"
        ) { captures in
            captures.tokens["title"].map(SmallTalk.isNoNeed) == false ? tasks(captures, isList: false) : nil
        },
        Rule("i|we (also|really|still) should (really|definitely|also|probably) <title>") { captures in
            guard let title = captures.tokens["title"], !SmallTalk.isIntention(title),
                captures.slots.tasks.isErrand(title.trimmed)
            else { return nil }
            return tasks(captures, isList: false)
        },
        Rule("schedule|plan|book <title>") { captures in
            // "Plan B is better" is no task, "plan dinner on Friday" is.
            guard let title = captures.tokens["title"], let first = title.trimmed.first,
                case .add(let found)? = tasks(captures, isList: false), !SmallTalk.isNoTitle(title)
            else { return nil }
            guard first.isWord(["a", "an"]) else {
                let isClear =
                    first.isWord(FilterWords.determiners.union(["some"])) || found.allSatisfy { $0.slots.due != nil }
                return isClear ? .add(found) : nil
            }
            return title.count > 1 ? tasks(title.trimmed.dropFirst(), captures, isList: false) : nil
        },
        Rule("add|create : <title>", "add|create - <title>", "to do : <title>") { tasks($0, isList: false) },
        Rule("add|create <title>", "put down <title>", "put <title> down") { captures in
            captures.tokens["title"].map(SmallTalk.isNoTitle) == false ? tasks(captures, isList: false) : nil
        },
    ]

    private static func single(_ captures: Captures) -> Intent? {
        captures.tokens["title"].flatMap(captures.slots.tasks.single).map { .add([$0]) } ?? .addNothing
    }

    private static func tasks(_ captures: Captures, isList: Bool) -> Intent? {
        captures.tokens["title"].flatMap { tasks($0, captures, isList: isList) }
    }

    private static func tasks(_ title: Tokens, _ captures: Captures, isList: Bool) -> Intent? {
        let tasks = captures.slots.tasks.several(title, isList: isList)
        return tasks.isEmpty ? .addNothing : .add(tasks)
    }
}
