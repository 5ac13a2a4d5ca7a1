import Foundation
import ProviderKit

extension SpokenMoment {
    /// The length of words for a time, in bytes.
    private static let longest = 100
    /// The limit on the steps for reading them: less than a millisecond.
    private static let steps = 4000

    /// Reads words in any language of the rules; nil for words that name neither a time nor a repetition.
    init?(_ words: String, _ local: LocalTime) {
        guard words.utf8.count <= Self.longest else { return nil }
        let work = Work(limit: Self.steps)
        let tokens = Lexer(words, work).tokens[...]
        // A single word such as "morgen" does not tell its language.
        let readings = [tokens] + Language.all.map { $0.translated($0.folded(tokens, work), work) }
        guard let moment = readings.lazy.compactMap({ Self.read($0, local) }).first, !work.isSpent else { return nil }
        self = moment
    }

    private static func read(_ tokens: Tokens, _ local: LocalTime) -> SpokenMoment? {
        let dates = DateParser(local: local)
        if let reading = dates.parts(tokens), let due = reading.due(local) {
            let isDay = reading.clock == nil && reading.instant == nil
            return SpokenMoment(
                instant: due.instant, startOfDay: isDay ? local.start(of: local.day(of: due.instant)) : nil)
        }
        guard let (recurrence, due) = RecurrenceParser(local: local).whole(tokens, dates) else { return nil }
        return SpokenMoment(instant: due?.instant, recurrence: recurrence.rule)
    }
}
