/// The origin of a change, which is journaled with it.
package struct ChangeOrigin: Sendable, Hashable {
    package let actor: ChangeActor
    package let turnID: Int?
    package let conversationID: Int?

    package init(actor: ChangeActor, turnID: Int? = nil, conversationID: Int? = nil) {
        self.actor = actor
        self.turnID = turnID
        self.conversationID = conversationID
    }

    /// The user's own hand.
    package static let user = ChangeOrigin(actor: .user)
}
