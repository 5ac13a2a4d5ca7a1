/// The end of a turn, for `UserTransaction.finishTurn`.
package struct TurnEnd: Sendable, Hashable {
    package var status: TurnStatus
    /// The assistant's text; nil stores no message.
    package var answer: String?
    /// False for an answer that was cut off.
    package var isComplete: Bool
    package var provider: String?
    package var model: String?
    package var usage: TurnUsage?
    package var errorCode: String?

    package init(
        status: TurnStatus, answer: String?, isComplete: Bool, provider: String? = nil, model: String? = nil,
        usage: TurnUsage? = nil, errorCode: String? = nil
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
