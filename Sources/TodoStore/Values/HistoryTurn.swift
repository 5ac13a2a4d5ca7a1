/// A whole turn as the model is told of it.
package struct HistoryTurn: Sendable, Hashable {
    package let turn: Turn
    package let steps: [TurnStep]
    package let answer: String?
    package let answerComplete: Bool

    package var userMessage: String { turn.userMessage }
}
