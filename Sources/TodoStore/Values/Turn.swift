package import Time

/// A turn: a message of the user and its consequences.
package struct Turn: Sendable, Hashable {
    package let id: Int
    package let conversationID: Int
    package let status: Status
    package let startedAt: Timestamp
    package let endedAt: Timestamp?
    package let idempotencyKey: String?
    package let userMessage: String
    /// The contract's error code of a turn that failed, `abandonedCode` or `refusedCode`.
    package let errorCode: String?
    /// The number of times that the turn was begun or resumed.
    package let attempt: Int

    package init(
        id: Int, conversationID: Int, status: Status, startedAt: Timestamp, endedAt: Timestamp?,
        idempotencyKey: String?, userMessage: String, errorCode: String?, attempt: Int
    ) {
        self.id = id
        self.conversationID = conversationID
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.idempotencyKey = idempotencyKey
        self.userMessage = userMessage
        self.errorCode = errorCode
        self.attempt = attempt
    }

    /// The right of whoever began or resumed the turn last to add to it.
    package var claim: Claim { Claim(turn: id, attempt: attempt) }

    /// The right to add steps to a turn and to end it, as long as nobody else has resumed it.
    package struct Claim: Sendable, Hashable {
        package let turn: Int
        package let attempt: Int

        package init(turn: Int, attempt: Int) {
            self.turn = turn
            self.attempt = attempt
        }
    }

    /// The error code of a turn during which the process has ended twice. It is not part of a history.
    package static let abandonedCode = "abandoned"
    /// The error code of a turn whose message may itself be the reason for its failure. It is not part of a history, since
    /// every later turn would fail too.
    package static let refusedCode = "refused"

    /// The state of a turn.
    package enum Status: String, CaseIterable, Sendable {
        case running, done, interrupted, failed
    }

    /// The tokens and the cost of a turn, as the provider counted them.
    package struct Usage: Sendable, Hashable {
        package var inputTokens: Int
        package var outputTokens: Int
        package var cachedInputTokens: Int?
        /// In the provider's currency.
        package var cost: Double?

        package init(inputTokens: Int, outputTokens: Int, cachedInputTokens: Int? = nil, cost: Double? = nil) {
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
            self.cachedInputTokens = cachedInputTokens
            self.cost = cost
        }
    }

    /// The end of a turn, for `UserTransaction.finishTurn`.
    package struct End: Sendable, Hashable {
        package var status: Status
        /// The assistant's answer; nil stores no message.
        package var answer: String?
        /// False for an answer that was cut off.
        package var isComplete: Bool
        package var provider: String?
        package var model: String?
        package var usage: Usage?
        package var errorCode: String?

        package init(
            status: Status, answer: String?, isComplete: Bool, provider: String? = nil, model: String? = nil,
            usage: Usage? = nil, errorCode: String? = nil
        ) {
            self.status = status
            self.answer = answer
            self.isComplete = isComplete
            self.provider = provider
            self.model = model
            self.usage = usage
            self.errorCode = errorCode
        }
    }

    /// A finished turn of the history: its question, its steps and its answer.
    package struct Exchange: Sendable, Hashable {
        package let turn: Turn
        package let steps: [TurnStep]
        package let answer: String?
        package let answerComplete: Bool
        /// Whether there are steps that cannot be read; `steps` is empty then.
        package let isDamaged: Bool

        package var userMessage: String { turn.userMessage }
    }

    /// A running turn whose owner is gone.
    package struct Orphan: Sendable, Hashable {
        package let id: Int
        package let conversationID: Int
        /// How often its owner has gone before.
        package let crashes: Int

        package init(id: Int, conversationID: Int, crashes: Int) {
            self.id = id
            self.conversationID = conversationID
            self.crashes = crashes
        }
    }
}
