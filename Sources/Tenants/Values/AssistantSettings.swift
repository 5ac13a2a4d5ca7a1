package import Foundation

/// The `assistant` section: how a chat turn is run.
package struct AssistantSettings: Sendable, Hashable {
    /// The zone in which the tenant's users mean times.
    package var timeZone: TimeZone
    /// What the operator adds to the system prompt.
    package var instructions: String?
    /// For the whole turn, waiting in the queue included.
    package var deadline: Duration
    package var maxRounds: Int
    /// Changes that one turn may make.
    package var maxChanges: Int
    package var historyMessages: Int

    package init(
        timeZone: TimeZone = .gmt, instructions: String? = nil, deadline: Duration = .seconds(120), maxRounds: Int = 8,
        maxChanges: Int = 20, historyMessages: Int = 40
    ) {
        self.timeZone = timeZone
        self.instructions = instructions
        self.deadline = deadline
        self.maxRounds = maxRounds
        self.maxChanges = maxChanges
        self.historyMessages = historyMessages
    }
}
