import Foundation

/// The texts of answers in a language other than English. A text that is missing is said in English.
struct AnswerWords: Sendable {
    /// The names of the texts. A text has `{}` in the place of each value; `|` separates variants.
    enum Key: String, Sendable, CaseIterable {
        /// The noun before an id: "Task 3".
        case task
        case none, some, atLeast, share, cut
        /// Nouns for no task, for one, and for several.
        case all, pending, completed, overdue
        case isDone, due, overdueSince, withoutDate, withDate, repeated, notRepeated
        /// High, medium and low.
        case priorities
        /// Today and tomorrow.
        case days
        case weekdays, months, date, time
        case added, isCompleted, reopened, deleted, changed, undone, nothingUndone
        case failed, confirm, noTask
        case found, foundNothing, ambiguous, which, notFound, didYouMean, noneSuch
        /// Completed, and open.
        case already
        case askTitle, offer, offerTask, unclear, help, examples
        case hello, thanks, goodbye, whoAreYou, fine, leftAlone, nothingToConfirm
    }

    private let texts: [Key: String]

    /// - Parameter source: Lines of `key = text`.
    init(_ source: String) {
        var texts: [Key: String] = [:]
        for line in source.split(separator: "\n") {
            let sides = line.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard sides.count == 2, let key = Key(rawValue: sides[0]) else { continue }
            texts[key] = sides[1]
        }
        self.texts = texts
    }

    subscript(_ key: Key) -> String? { texts[key] }

    func variants(_ key: Key) -> [String]? { texts[key]?.split(separator: "|").map(String.init) }

    /// Returns the text with the values in its gaps.
    func text(_ key: Key, _ values: [String]) -> String? {
        guard let parts = texts[key]?.components(separatedBy: "{}") else { return nil }
        return zip(parts, values + Array(repeating: "", count: max(0, parts.count - values.count)))
            .map(+).joined()
    }

    /// The nouns before ids in all languages, by which an answer in the history names its tasks.
    static let nouns: [String] = ["task"] + Language.all.compactMap { $0.answers[.task] }

    /// The variants of a text in all languages, as signs of a question in the history.
    static func all(_ key: Key, english: String) -> [String] { [english] + Language.all.compactMap { $0.answers[key] } }
}
