import Foundation
import Time

/// A parser of days in digits: "2026-12-24", "24.12.2026", "24/12", "the 24th".
struct NumericDate {
    let local: LocalTime

    func day(_ tokens: Tokens, _ connector: String?) -> (CivilDate, Tokens)? {
        ordinal(tokens) ?? separated(tokens, connector)
    }

    /// Reads "the 24th", its next occurrence.
    private func ordinal(_ tokens: Tokens) -> (CivilDate, Tokens)? {
        let hasArticle = tokens.first?.key == "the"
        guard let token = hasArticle ? tokens.at(1) : tokens.first, token.kind == .word,
            hasArticle, token.key.last?.isLetter == true, let number = NumberWords.monthDay(token)
        else { return nil }
        for months in 0...12 {
            let month = local.adding(
                months, .month, to: CivilDate(year: local.today.year, month: local.today.month, day: 1))
            let day = CivilDate(year: month.year, month: month.month, day: number)
            if day.exists, day >= local.today { return (day, tokens.dropFirst(2)) }
        }
        return nil
    }

    private func separated(_ tokens: Tokens, _ connector: String?) -> (CivilDate, Tokens)? {
        guard let token = tokens.first, token.kind == .word else { return nil }
        let rest = tokens.dropFirst()
        for separator in ["-", ".", "/"] as [Character] where token.key.utf8.count <= 10 {
            let parts = token.key.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) }
            guard !parts.contains(nil) else { continue }
            let numbers = parts.compactMap(\.self)
            if numbers.count == 3, let day = full(numbers, separator) { return (day, rest) }
            // "5/6" and "24.12" can also be numbers: a word before them makes them dates.
            guard numbers.count == 2, separator != "-", connector != nil else { continue }
            let (day, month) = split(numbers[0], numbers[1], separator)
            return local.upcoming(month: month, day: day).map { ($0, rest.first?.key == "." ? rest.dropFirst() : rest) }
        }
        return nil
    }

    private func full(_ numbers: [Int], _ separator: Character) -> CivilDate? {
        let found: CivilDate
        if separator == "-" {
            found = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
        } else {
            let (day, month) = split(numbers[0], numbers[1], separator)
            found = CivilDate(year: numbers[2], month: month, day: day)
        }
        guard (2000...2199).contains(found.year) else { return nil }
        return found.exists ? found : nil
    }

    /// Splits a date with slashes in the order of the user's region, unless only the other order is valid.
    private func split(_ first: Int, _ second: Int, _ separator: Character) -> (day: Int, month: Int) {
        guard separator == "/" else { return (first, second) }
        if first > 12 { return (first, second) }
        if second > 12 || local.monthFirst { return (second, first) }
        return (first, second)
    }
}
