import Foundation
import JSON
package import ProviderKit

/// One step of a turn: from the messages so far to the next calls or the answer.
///
/// It keeps nothing between steps. Each step reads the user's message again, goes through its intents with the results
/// that the turn has, and ends with the calls that are still without one.
package struct Planner {
    package enum Step: Sendable {
        case call([ToolCall])
        case answer(String)
    }

    let toolbox: Toolbox
    let slots: SlotReader
    let parser: IntentParser
    let turns: [Conversation.Turn]
    let phrases: Phrases
    var replay: Replay
    var memory: Memory
    let acting: Work

    /// A turn that called so often ends with what it has: the caller's bound must not cut it short.
    private static let rounds = 7

    /// - Parameters:
    ///   - reading: counts what understanding the message costs: the same in each step of a turn, so that a message that
    ///     is too long has changed nothing.
    ///   - acting: counts what the results cost.
    package static func step(_ request: ChatRequest, reading: Work = Work(), acting: Work = Work()) -> Step {
        let conversation = Conversation(request.messages)
        guard let turn = conversation.turns.last else { return .answer(Phrases.help) }
        let lexer = Lexer(turn.user, reading)
        guard !lexer.tokens.isEmpty else { return .answer(Phrases.nothingSaid) }
        let local = LocalTime(now: request.now, timeZone: request.timeZone)
        let slots = SlotReader(text: lexer.text, local: local, work: reading)
        // The stamp keeps ids of different turns apart; the ordinal those of one turn.
        let stamp = String(Int64(request.now.timeIntervalSince1970 * 1000), radix: 36)
        var planner = Planner(
            toolbox: Toolbox(request.tools), slots: slots, parser: IntentParser(slots),
            turns: conversation.turns.dropLast(), phrases: Phrases(local: local),
            replay: Replay(turn, stamp: stamp, acting), memory: Memory(conversation.turns.dropLast(), acting),
            acting: acting)
        return planner.step(turn, lexer.tokens[...])
    }

    private mutating func step(_ turn: Conversation.Turn, _ tokens: Tokens) -> Step {
        let intents = followUp(tokens) ?? parser.intents(tokens)
        slots.work.spend(intents.reduce(0) { $0 + $1.lookups })
        guard !slots.work.isSpent else { return .answer(Phrases.tooLong) }
        guard !intents.isEmpty else { return .answer(Phrases.help) }
        let changes = intents.reduce(0) { $0 + $1.additions }
        guard intents.count <= IntentParser.limit, changes <= Self.additions else { return .answer(Phrases.tooMuch) }
        var reports: [String] = []
        var isWaiting = false
        for intent in intents {
            // What looks at the list, or back, must see what the intents before it have done.
            if isWaiting, intent.dependsOnEarlier { break }
            if let report = report(intent) { reports.append(report) } else { isWaiting = true }
        }
        guard !acting.isSpent else { return .answer(stopped(turn)) }
        let foreign = replay.foreignChanges
        if !foreign.isEmpty,
            !replay.pending.allSatisfy({ !(Tool(rawValue: $0.name)?.changesTasks ?? false) }) || !isWaiting
        {
            return .answer(takenOver(foreign, isWaiting ? [] : reports))
        }
        guard isWaiting else { return .answer(reports.joined(separator: "\n")) }
        guard turn.rounds < Self.rounds else {
            return .answer((reports + [Phrases.stopped]).joined(separator: "\n"))
        }
        return .call(replay.next)
    }

    /// Adds from one message: the contract allows 20 changes a turn.
    private static let additions = 20

    /// Another provider began this turn: what it changed is told, and no more is changed, as it might be done twice.
    private func takenOver(_ steps: [Conversation.Step], _ reports: [String]) -> String {
        let done = steps.map { phrases.outcome(of: $0.call.name, $0.call.arguments, $0.result(acting)) }
        let open = replay.pending.isEmpty ? [] : [Phrases.takenOver]
        return (done + reports + open).joined(separator: "\n")
    }

    /// The results are more than we can look through: what was changed before them is told.
    private func stopped(_ turn: Conversation.Turn) -> String {
        let changes = turn.steps.filter { Tool(rawValue: $0.call.name)?.changesTasks ?? false }
        let done = changes.map { phrases.outcome(of: $0.call.name, $0.call.arguments, $0.result(acting)) }
        return (done + [done.isEmpty ? Phrases.tooLong : Phrases.stopped]).joined(separator: "\n")
    }

    /// What came of an intent; nil while results are missing.
    private mutating func report(_ intent: Intent) -> String? {
        switch intent {
        case .add(let tasks): add(tasks)
        case .addNothing: Phrases.askTitle
        case .list(let filter, let question): list(filter, question)
        case .search(let words): search(words)
        case .show(let reference): show(reference)
        case .complete(let reference, let completed): complete(reference, completed)
        case .delete(let reference): delete(reference)
        case .update(let reference, let changes): update(reference, changes)
        case .undo(let change): undo(change)
        case .redo: redo()
        case .yes: confirm()
        case .no: refuse()
        case .say(let talk): phrases.talk(talk)
        case .errand(let words): Phrases.offer(words)
        case .unclear(let words): Phrases.unclear(words)
        }
    }
}

extension Intent {
    /// How many tasks it adds.
    fileprivate var additions: Int {
        if case .add(let tasks) = self { tasks.count } else { 0 }
    }

    /// The steps that looking its words up may take.
    fileprivate var lookups: Int {
        switch self {
        case .show(let reference), .complete(let reference, _), .delete(let reference), .update(let reference, _):
            reference.lookups
        default: 0
        }
    }

    /// Whether it must wait for the intents before it.
    fileprivate var dependsOnEarlier: Bool {
        switch self {
        case .list, .search, .undo, .redo, .yes: true
        case .show(let reference), .complete(let reference, _), .delete(let reference), .update(let reference, _):
            reference.needsContext || { if case .all = reference { true } else { false } }()
        case .add, .addNothing, .no, .say, .unclear, .errand: false
        }
    }
}
