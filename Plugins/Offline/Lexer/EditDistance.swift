/// How far apart two words are: insertions, deletions, substitutions and swaps of neighbours (Damerau, restricted).
enum EditDistance {
    /// Whether `left` may be a misspelt `right`: nothing for short words, one slip from four letters, two from eight.
    static func isTypo(_ left: String, of right: String) -> Bool {
        let allowed = allowance(min(left.count, right.count))
        return allowed > 0 && abs(left.count - right.count) <= allowed && distance(left, right) <= allowed
    }

    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var older: [Int] = []
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(previous[column + 1] + 1, current[column] + 1)
                best = min(best, previous[column] + (character == other ? 0 : 1))
                if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
                    best = min(best, older[column - 1] + 1)
                }
                current.append(best)
            }
            older = previous
            previous = current
        }
        return previous[right.count]
    }

    private static func allowance(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case ..<8: 1
        default: 2
        }
    }
}
