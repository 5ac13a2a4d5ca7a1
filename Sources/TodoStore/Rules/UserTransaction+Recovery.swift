import Time

extension UserTransaction {
    /// Ends the turns whose process has ended: they and their keys become interrupted, and their text so far is kept.
    ///
    /// A turn during which a second process ended is assumed to be the cause: it and its key are abandoned, so that no
    /// repetition of its request can end another process.
    package func recoverTurns() throws {
        let turns = try rows.orphanedTurns()
        // A file from outside may have any number of them.
        for start in stride(from: 0, to: turns.count, by: 64) {
            try end(turns[start..<min(start + 64, turns.count)])
        }
        try rows.endOrphanedKeys()
    }

    private func end(_ turns: ArraySlice<Turn.Orphan>) throws {
        let steps = try readableSteps(turns: turns.map(\.id))
        for turn in turns {
            let said = (steps[turn.id] ?? []).compactMap { step in
                if case .model(let content, _, _, _) = step, !content.isEmpty { content } else { nil }
            }
            _ = try rows.insert(
                StoredMessage(
                    id: 0, conversationID: turn.conversationID, turnID: turn.id, role: .assistant,
                    content: said.joined(separator: "\n\n"), status: .incomplete, createdAt: now))
            if turn.crashes < 1 {
                try rows.endOrphan(turn, .interrupted, errorCode: nil, at: now)
            } else {
                try rows.endOrphan(turn, .failed, errorCode: Turn.abandonedCode, at: now)
            }
        }
    }
}
