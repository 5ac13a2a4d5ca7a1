import Identity

@testable import TodoStore

/// The choice of what an operation is for, mostly something that is there.
struct Choice: Sendable {
    /// What there is at the place of a choice.
    struct IDs: Sendable {
        let task: Int
        let conversation: Int
        let claim: Turn.Claim
    }

    let account: Account
    let place: Int
    /// Whether the place itself is the id.
    let isGuess: Bool
    /// Whether the attempt is one that somebody else may have.
    let isLate: Bool

    func ids(in store: any UserStore) async throws -> IDs {
        let guess = IDs(task: place, conversation: place, claim: Turn.Claim(turn: place, attempt: 1))
        guard !isGuess else { return guess }
        return try await store.read(account, orEmpty: guess) { reader in
            let tasks = try reader.todoIDs(.all)
            let conversations = try reader.conversations(limit: 100).items.map(\.id)
            guard !conversations.isEmpty else {
                return IDs(task: pick(tasks), conversation: place, claim: guess.claim)
            }
            let conversation = pick(conversations)
            let turns = try reader.messages(conversation: conversation, limit: 200).items.suffix(6).map(\.turnID)
            let turn = pick(turns)
            let attempt = try reader.turn(turn)?.attempt ?? 1
            return IDs(
                task: pick(tasks), conversation: conversation,
                claim: Turn.Claim(turn: turn, attempt: isLate ? attempt + 1 : attempt))
        }
    }

    private func pick(_ ids: [Int]) -> Int { ids.isEmpty ? place : ids[place % ids.count] }
}
