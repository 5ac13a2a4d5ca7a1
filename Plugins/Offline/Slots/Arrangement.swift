/// The wish for several tasks, or for one: "… as three separate tasks", "… as one task".
enum Arrangement: Sendable {
    case list, single

    /// Returns the wish at the end, and the tokens before it.
    static func trailing(_ tokens: Tokens, _ work: Work) -> (Arrangement, rest: Tokens)? {
        for start in tokens.indices.dropFirst().suffix(longest) where tokens[start].isWord(beginnings) {
            for (patterns, arrangement) in [(lists, Arrangement.list), (singles, .single)] {
                for pattern in patterns {
                    let found: Bool? = pattern.match(tokens[start...].trimmed, typos: nil, work) { _ in true }
                    if found == true { return (arrangement, tokens[..<start].trimmed) }
                }
            }
        }
        return nil
    }

    private static let longest = 8
    private static let beginnings: Set<String> = [
        "as", "in", "into", "each", "separately", "individually", "every", "one", "all",
    ]
    private static let lists = [
        "all|each (as|in|into) (@count|their|its) (@separate) (own) @entries",
        "as|in|into (@count|all|their) (@separate) (own) @entries", "separately", "individually",
        "each|every (one) (of) (them|these|those) as|in|with|for|being (a|its|their|one) (own) (@separate) @entry",
        "each as|in (a|its|their) own", "as|in (a|one|its) (@separate) (own) @entry each", "one @entry (for) each",
        "one by one", "each separately", "as @separate ones",
    ].map(Pattern.init)
    private static let singles = [
        "as|in|into one|a|an (single|combined|joint|common|and) (the|same) (single) @entry", "all in one @entry",
        "as one", "as the same @entry",
    ].map(Pattern.init)
}
