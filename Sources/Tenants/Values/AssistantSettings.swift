package import Foundation

/// The `assistant` section: the settings of chat turns.
package struct AssistantSettings: Sendable, Hashable {
    /// The time zone of the tenant's users.
    package var timeZone: TimeZone
    /// The operator's addition to the system prompt.
    package var instructions: String?
    /// The maximum duration of a turn, including its time in the queue. By default it is longer where a target of the
    /// tenant is slow.
    package var deadline: Duration
    package var maxRounds: Int
    /// The maximum number of changes per turn.
    package var maxChanges: Int
    package var historyMessages: Int
    /// The maximum number of tokens of one message of the model.
    package var maxOutputTokens: Int

    /// Whether rules check the model: requests that it did not carry out, calls that contradict the user's words, and
    /// answers that claim changes that were not made.
    package var safetyNet: Bool

    package init(
        timeZone: TimeZone = .gmt, instructions: String? = nil, deadline: Duration = .seconds(120), maxRounds: Int = 8,
        maxChanges: Int = 20, historyMessages: Int = 40, maxOutputTokens: Int = 2_000, safetyNet: Bool = true
    ) {
        self.timeZone = timeZone
        self.instructions = instructions
        self.deadline = deadline
        self.maxRounds = maxRounds
        self.maxChanges = maxChanges
        self.historyMessages = historyMessages
        self.maxOutputTokens = maxOutputTokens
        self.safetyNet = safetyNet
    }
}
