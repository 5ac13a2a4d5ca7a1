package import TodoStore

extension UserTransaction {
    /// Adds a step in the turn's own attempt.
    package func appendStep(turn id: Int, _ step: TurnStep) throws { try appendStep(claim(of: id), step) }

    /// Ends a turn in its own attempt.
    package func finishTurn(_ id: Int, _ end: Turn.End) throws { try finishTurn(claim(of: id), end) }

    private func claim(of turn: Int) throws -> Turn.Claim {
        try self.turn(turn)?.claim ?? Turn.Claim(turn: turn, attempt: 1)
    }
}
