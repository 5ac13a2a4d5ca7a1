/// Tags: "#work", "tagged work", "with tag work".
enum TagPhrase {
    /// Returns the tags at the end, with or without `#`, and the tokens before them.
    static func trailing(_ tokens: Tokens) -> (tags: [String], rest: Tokens)? {
        if let last = tokens.last, last.kind == .tag { return ([last.text], tokens.dropLast()) }
        for start in tokens.indices.suffix(6) {
            guard let (tags, rest) = leading(tokens[start...]), rest.trimmed.isEmpty else { continue }
            return (tags, tokens[..<start])
        }
        return nil
    }

    /// Returns the tags at the start, if they have a `#` or follow a word such as "tagged".
    static func leading(_ tokens: Tokens) -> (tags: [String], rest: Tokens)? {
        guard let first = tokens.first else { return nil }
        if first.kind == .tag { return ([first.text], tokens.dropFirst()) }
        var rest = tokens
        if first.key == "with" || first.key == "and" { rest = rest.dropFirst() }
        if rest.first?.key == "the" { rest = rest.dropFirst() }
        guard let word = rest.first, word.isWord(["tag", "tags", "tagged", "label", "labelled", "labeled"]) else {
            return nil
        }
        rest = rest.dropFirst()
        while let next = rest.first, ["with", "as", ":", "it"].contains(next.key) { rest = rest.dropFirst() }
        guard let (tags, tail) = names(rest) else { return nil }
        return (tags, tail)
    }

    /// Bare names of tags: "work", "work and home", "#work, #home".
    static func names(_ tokens: Tokens) -> (tags: [String], rest: Tokens)? {
        var tags: [String] = []
        var rest = tokens
        while let name = rest.first, !name.isPunctuation {
            tags.append(name.text)
            rest = rest.dropFirst()
            guard let separator = rest.first, separator.key == "and" || separator.key == ",", rest.count > 1 else {
                break
            }
            rest = rest.dropFirst()
        }
        return tags.isEmpty ? nil : (tags, rest)
    }
}
