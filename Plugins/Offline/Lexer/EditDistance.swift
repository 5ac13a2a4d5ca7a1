/// The edit distance of two words: insertions, deletions, substitutions and swaps of neighbours (restricted
/// Damerau-Levenshtein).
enum EditDistance {
    /// Returns whether `left` can be a misspelt `right`: one edit from four letters on, two from eight.
    static func isTypo(_ left: Spelling, of right: Spelling, _ work: Work) -> Bool {
        let allowed = allowance(min(left.scalars.count, right.scalars.count))
        guard allowed > 0, abs(left.scalars.count - right.scalars.count) <= allowed,
            // One edit adds a letter, removes one, or both.
            (left.letters ^ right.letters).nonzeroBitCount <= 2 * allowed
        else { return false }
        // A cell of the table costs an eighth of a step.
        work.spend(left.scalars.count * (2 * allowed + 1) / 8 + 2)
        return isWithin(allowed, left.scalars, right.scalars)
    }

    /// Returns whether the distance is at most `bound`, computing only the cells near the diagonal.
    private static func isWithin(_ bound: Int, _ left: [UInt32], _ right: [UInt32]) -> Bool {
        let far = bound + 1
        var older = [Int](repeating: far, count: right.count + 1)
        var previous = (0...right.count).map { min($0, far) }
        for row in left.indices {
            let columns = max(0, row - bound)..<min(right.count, row + bound + 1)
            var current = [Int](repeating: far, count: right.count + 1)
            current[0] = min(row + 1, far)
            for column in columns {
                var best = min(previous[column + 1] + 1, current[column] + 1)
                best = min(best, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, older[column - 1] + 1)
                }
                current[column + 1] = min(best, far)
            }
            older = previous
            previous = current
        }
        return previous[right.count] <= bound
    }

    private static func allowance(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case ..<8: 1
        default: 2
        }
    }
}
