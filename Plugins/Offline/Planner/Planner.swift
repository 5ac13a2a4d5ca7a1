import Foundation
import JSON
package import ProviderKit

/// One step of a turn: from the messages so far to the next calls or the answer.
///
/// No state is kept between steps. Each step reads the user's message again, processes its intents with the results of
/// the turn, and ends with the calls that have no result yet.
package struct Planner {
    package enum Step: Sendable {
        case call([ToolCall])
        case answer(String)
    }

    let toolbox: OfferedTools
    let slots: SlotReader
    let parser: IntentParser
    let turns: [Conversation.Turn]
    let phrases: Phrases
    var replay: Replay
    var memory: Memory
    let acting: Work
    /// Whether the list that was read last may have more tasks than were returned.
    var isCut = false

    /// The maximum number of rounds, below the server's own, so that the turn ends with an answer.
    private static let rounds = 7

    /// - Parameters:
    ///   - reading: The limit for understanding the message, which is the same in each step of a turn, so that a
    ///     message over the limit changes nothing.
    ///   - acting: The limit for processing results.
    package static func step(_ request: ChatRequest, reading: Work = Work(), acting: Work = Work()) -> Step {
        read(request, reading, acting).step
    }

    /// Returns the requests of the message, and the next step; no requests for a message that is not planned at all.
    static func read(_ request: ChatRequest, _ reading: Work, _ acting: Work) -> (intents: [Intent], step: Step) {
        let conversation = Conversation(request.messages)
        guard let turn = conversation.turns.last else { return ([], .answer(Phrases.help)) }
        let local = LocalTime(now: request.now, timeZone: request.timeZone)
        let utterance = Utterance(turn.user, local, reading)
        guard !utterance.tokens.isEmpty else { return ([], .answer(Phrases.nothingSaid)) }
        // The stamp distinguishes the ids of different turns, the ordinal those of one turn.
        let stamp = String(Int64(request.now.timeIntervalSince1970 * 1000), radix: 36)
        var planner = Planner(
            toolbox: OfferedTools(request.tools), slots: utterance.parser.slots, parser: utterance.parser,
            turns: conversation.turns.dropLast(),
            phrases: Phrases(local: local, words: utterance.answers(after: conversation.turns.dropLast().last)),
            replay: Replay(turn, stamp: stamp, acting), memory: Memory(conversation.turns.dropLast(), acting),
            acting: acting)
        let intents = planner.followUp(utterance.tokens) ?? planner.parser.intents(utterance.tokens)
        return (intents, planner.step(turn, intents))
    }

    private mutating func step(_ turn: Conversation.Turn, _ intents: [Intent]) -> Step {
        slots.work.spend(intents.reduce(0) { $0 + $1.lookups })
        guard !slots.work.isSpent else { return .answer(Phrases.tooLong) }
        guard !intents.isEmpty else { return .answer(phrases.help) }
        let changes = intents.reduce(0) { $0 + $1.additions }
        guard intents.count <= IntentParser.limit, changes <= Self.additions else { return .answer(Phrases.tooMuch) }
        var reports: [String] = []
        var isWaiting = false
        for intent in intents {
            // Intents that read the list or undo depend on the changes of earlier ones.
            if isWaiting, intent.dependsOnEarlier { break }
            guard let report = report(intent) else {
                isWaiting = true
                continue
            }
            if !reports.contains(report) { reports.append(report) }
        }
        guard !acting.isSpent else { return .answer(stopped(turn)) }
        let foreign = replay.foreignChanges
        if !foreign.isEmpty,
            !replay.pending.allSatisfy({ !(ToolName(rawValue: $0.name)?.changesTasks ?? false) }) || !isWaiting
        {
            return .answer(takenOver(foreign, isWaiting ? [] : reports))
        }
        guard isWaiting else { return .answer(reports.joined(separator: "\n")) }
        guard turn.rounds < Self.rounds else {
            return .answer((reports + [Phrases.stopped]).joined(separator: "\n"))
        }
        return .call(replay.next)
    }

    /// The maximum number of tasks added by one message: the server allows 20 changes per turn.
    private static let additions = 20

    /// Reports the changes of another provider that began this turn, and makes no more, because they could be
    /// duplicates.
    private func takenOver(_ steps: [Conversation.Step], _ reports: [String]) -> String {
        let done = steps.map { phrases.outcome(of: $0.call.name, $0.call.arguments, $0.result(acting)) }
        let open = replay.pending.isEmpty ? [] : [Phrases.takenOver]
        return (done + reports + open).unique.joined(separator: "\n")
    }

    /// Reports the changes so far when the results exceed the limit.
    private func stopped(_ turn: Conversation.Turn) -> String {
        let changes = turn.steps.filter { ToolName(rawValue: $0.call.name)?.changesTasks ?? false }
        let done = changes.map { phrases.outcome(of: $0.call.name, $0.call.arguments, $0.result(acting)) }
        return (done + [done.isEmpty ? Phrases.tooLong : Phrases.stopped]).joined(separator: "\n")
    }

    /// Returns the text for an intent; nil while results are missing.
    private mutating func report(_ intent: Intent) -> String? {
        isCut = false
        let report = outcome(of: intent)
        // What is done to all tasks is done to those that a list can have.
        guard isCut, intent.reference?.readsList == true else { return report }
        return report.map { $0 + "\n" + phrases.cut }
    }

    private mutating func outcome(of intent: Intent) -> String? {
        switch intent {
        case .add(let tasks): add(tasks)
        case .addNothing: phrases.askTitle
        case .list(let filter, let question): list(filter, question)
        case .search(let words): search(words)
        case .show(let reference): show(reference)
        case .complete(let reference, let completed): complete(reference, completed)
        case .delete(let reference): delete(reference)
        case .update(let reference, let changes): update(reference, changes)
        case .undo(let change): undo(change)
        case .undoLast(let count): undoLast(count)
        case .restore(let reference): restore(reference)
        case .redo: redo()
        case .yes: confirm()
        case .no: refuse()
        case .say(let talk): phrases.talk(talk)
        case .errand(let words): phrases.offer(words)
        case .unclear(let words): phrases.unclear(words)
        }
    }
}

extension Intent {
    /// The number of tasks that the intent adds.
    fileprivate var additions: Int {
        if case .add(let tasks) = self { tasks.count } else { 0 }
    }

    /// The maximum number of steps for looking up the words of the intent.
    fileprivate var lookups: Int {
        switch self {
        case .show(let reference), .complete(let reference, _), .delete(let reference), .update(let reference, _):
            reference.lookups
        case .restore(let reference): reference.lookups
        default: 0
        }
    }

    /// Whether the intent must wait for earlier ones.
    fileprivate var dependsOnEarlier: Bool {
        switch self {
        case .list, .search, .undo, .undoLast, .redo, .restore, .yes: true
        case .show(let reference), .complete(let reference, _), .delete(let reference), .update(let reference, _):
            reference.needsContext || reference.readsList
        case .add, .addNothing, .no, .say, .unclear, .errand: false
        }
    }
}
