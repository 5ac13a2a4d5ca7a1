import JSON

extension UserTransaction {
    /// The first change of this transaction; nil while it has made none.
    package var firstChange: Int? { leader }

    /// Keeps what a turn wanted to change and must not without the user's consent. The id of the confirmation.
    package func askConfirmation(turn: Int, _ changes: [Change.Effect]) throws -> Int {
        let body = JSONValue.array(changes.map { [.string($0.kind.rawValue), .integer($0.taskID)] })
        return try rows.insertConfirmation(turn: turn, body.text)
    }

    /// Records that the answer stored with this shows the changes to the user, so that the next message can confirm
    /// them.
    package func markAsked(turn: Int) throws { try rows.setAsked(turn: turn) }
}

extension UserReader {
    /// The changes about which the turn just before this one, in the same conversation, has asked its user; none where the
    /// answer with the question was not stored.
    package func changesToConfirm(before turn: Turn) throws -> Set<Change.Effect> {
        let asked = try rows.askedTurn(before: turn.id, conversation: turn.conversationID)
        return try asked.map { Set(try wantedChanges(turn: $0)) } ?? []
    }

    /// The changes that a turn wanted, had to ask its user for and has not made in another way, in the order in which they
    /// came up.
    package func wantedChanges(turn: Int) throws -> [Change.Effect] {
        let bodies = try rows.confirmations(turn: turn)
        guard !bodies.isEmpty else { return [] }
        var known = Set(try changeMarks(turn: turn).map(\.change))
        var changes: [Change.Effect] = []
        for body in bodies {
            for change in try StoredJSON.parse(body).array ?? [] {
                guard let pair = change.array, pair.count == 2, let id = pair[1].integer,
                    let kind = pair[0].string.flatMap(Change.Kind.init(rawValue:))
                else { throw StoreError.corrupt }
                let change = Change.Effect(kind: kind, taskID: id)
                if known.insert(change).inserted { changes.append(change) }
            }
        }
        return changes
    }
}
