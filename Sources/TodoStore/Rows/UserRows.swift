package import JSON
package import Time

/// The rows of one user inside one transaction: the protocol that a backend implements.
///
/// Values go in and values come out; all rules (quotas, journal, undo, retention, consent) are above it, in
/// `UserReader` and `UserTransaction`. Operations block, belong to their transaction, and take sets where the rules
/// have sets, because each can be a round trip to a server.
///
/// An error of the engine passes through the rules unchanged, and the store converts it to a `StoreError` after the
/// transaction. An operation itself throws `StoreError.corrupt` for a damaged row, and `badCursor` for a query with the
/// cursor of another list.
package protocol UserRows: AnyObject {
    /// Checks that the transaction has not exceeded its time; called between the items of a long piece of work.
    ///
    /// - Throws: `StoreError.tooMuchWork`.
    func checkBudget() throws(StoreError)

    // MARK: Tasks

    func todo(_ id: Int) throws -> Todo?
    /// Those of the tasks that there are, in any order.
    func todos(_ ids: [Int]) throws -> [Todo]
    /// Returns the matching tasks, one more than the query's limit if the list continues.
    func todos(_ query: TodoQuery) throws -> [Todo]
    /// Writes the tasks of a page as elements of a JSON array, each straight from the engine's memory, until
    /// `TodoQuery.isFull`.
    /// - Returns: the last task on the page if the list goes on after it.
    func writeTodos(_ query: TodoQuery, to writer: inout JSONWriter) throws -> Todo?
    /// Ascending; nil for all tasks.
    func todoIDs(isCompleted: Bool?) throws -> [Int]
    func todoCount() throws -> Int
    /// Counts without the streak.
    func statistics(now: Timestamp, weekStart: Timestamp) throws -> TodoStatistics
    /// Visits the times at which tasks were completed, newest first, until `body` returns false.
    func completions(_ body: (Timestamp) throws -> Bool) throws
    /// Stores a new task.
    /// - Parameter id: the id of a task that comes back after its deletion; nil for an id that was never used.
    /// - Returns: the id of the task.
    func insert(_ todo: Todo, id: Int?) throws -> Int
    func update(_ todo: Todo, from before: Todo) throws
    func delete(_ todo: Todo) throws

    // MARK: Journal

    /// Newest first.
    func changes(before id: Int, limit: Int) throws -> [Change.Row]
    func change(_ id: Int) throws -> Change.Row?
    /// Oldest first.
    func changes(turn: Int) throws -> [Change.Row]
    /// A change and those that name it as their leader, newest first.
    func changes(group leader: Int) throws -> [Change.Row]
    /// The newest change that is neither undone nor an undo.
    func lastOpenChange() throws -> Change.Row?
    /// Oldest first.
    func changeMarks(turn: Int) throws -> [Change.Mark]
    /// Stores an entry, whose own id does not count.
    /// - Returns: the id of the entry.
    func insert(_ change: Change.Row) throws -> Int
    func setUndone(_ change: Int, by undo: Int) throws
    func oldestChange() throws -> (id: Int, at: Timestamp)?
    /// The id of the oldest entry that is not older than `start`.
    func firstChange(from start: Timestamp) throws -> Int?
    func deleteChanges(below id: Int) throws
    /// - Returns: whether there were any.
    func deleteChanges(before end: Timestamp) throws -> Bool

    // MARK: Conversations

    func conversation(_ id: Int) throws -> Conversation?
    /// Newest updated first: those before a place in that order in which each of `words` occurs.
    func conversations(
        words: [String], before place: (updatedAt: Int, id: Int), limit: Int
    ) throws -> [Conversation]
    func conversationCount() throws -> Int
    /// The time of the conversation that was not updated for longest.
    func oldestConversation() throws -> Timestamp?
    /// - Returns: the id of the conversation.
    func insertConversation(title: String, at now: Timestamp) throws -> Int
    func renameConversation(_ id: Int, title: String, at now: Timestamp) throws -> Bool
    func touchConversation(_ id: Int, at now: Timestamp) throws -> Bool
    /// Deletes the conversation with its messages, turns, steps and confirmations.
    func deleteConversation(_ id: Int) throws -> Bool
    /// Deletes all that were not updated since `end` and have no running turn.
    func deleteConversations(before end: Timestamp) throws -> Bool

    // MARK: Messages

    func messageCount() throws -> Int
    /// Visits messages in the order of their ids, without their tool calls, until `body` returns false; with the bytes of
    /// the turn's steps for those of the assistant.
    func messages(
        conversation: Int, after id: Int, limit: Int, _ body: (StoredMessage, _ stepBytes: Int) throws -> Bool
    ) throws
    /// The assistant's messages of the turns that have one, without their tool calls, in any order.
    func answers(turns: [Int]) throws -> [StoredMessage]
    /// Stores a message; its own id and tool calls are ignored.
    ///
    /// - Returns: False when the turn already has a message of this role.
    func insert(_ message: StoredMessage) throws -> Bool
    func deleteIncompleteAnswer(turn: Int) throws

    // MARK: Turns

    func turn(_ id: Int) throws -> Turn?
    /// Visits the turns of a conversation that are neither running, abandoned nor refused, newest first, with the bytes of
    /// their messages and steps, until `body` returns false.
    func turns(
        conversation: Int, excluding excluded: Int?, limit: Int, _ body: (Turn, _ bytes: Int) throws -> Bool
    ) throws
    /// The steps of each turn in their order, as `TurnStep.text`.
    func steps(turns: [Int]) throws -> [Int: [String]]
    /// The stored answer of a call.
    func toolStep(turn: Int, callIndex: Int) throws -> String?
    /// Stores a turn that runs from now on, owned by this process.
    /// - Returns: the id of the turn.
    func insertTurn(conversation: Int, idempotencyKey: String?, at now: Timestamp) throws -> Int
    /// Makes an interrupted turn run again, owned by this process, in an attempt of its own.
    func resumeTurn(_ id: Int) throws -> Bool
    /// Adds a step to a turn that runs, is this process's and is in the attempt of `claim`.
    /// - Returns: false for any other turn, and for a call that has its answer already.
    func appendStep(_ claim: Turn.Claim, callIndex: Int?, _ text: String) throws -> Bool
    /// Ends a turn that runs, is this process's and is in the attempt of `claim`.
    /// - Returns: the conversation of the turn; nil for any other turn.
    func endTurn(_ claim: Turn.Claim, _ status: Turn.Status, errorCode: String?, at now: Timestamp) throws -> Int?

    // MARK: Turns and keys whose owner is gone

    func hasOrphans() throws -> Bool
    func orphanedTurns() throws -> [Turn.Orphan]
    func endOrphan(_ turn: Turn.Orphan, _ status: Turn.Status, errorCode: String?, at now: Timestamp) throws
    /// Makes the keys abandoned whose turn is, and the others interrupted.
    func endOrphanedKeys() throws

    // MARK: Confirmations

    /// The changes that a turn wanted, as `Change.Effect.text` writes them, in the order in which they were stored.
    func confirmations(turn: Int) throws -> [String]
    /// The turn just before another one of its conversation, if its user was asked for a confirmation.
    func askedTurn(before turn: Int, conversation: Int) throws -> Int?
    /// - Returns: the id of the confirmation.
    func insertConfirmation(turn: Int, _ text: String) throws -> Int
    func setAsked(turn: Int) throws

    // MARK: Idempotency keys

    /// Returns nil for a key that was claimed at `end` or before.
    func key(_ key: String, claimedAfter end: Timestamp) throws -> IdempotencyRecord?
    /// Stores a key that runs from now on, owned by this process.
    /// - Returns: false when the key is taken.
    func insertKey(_ key: String, requestHash: [UInt8], turn: Int?, at now: Timestamp) throws -> Bool
    /// Changes the state of a key, of which this process becomes the owner.
    func setKey(_ key: String, _ state: IdempotencyRecord.State, status: Int?, body: String?) throws
    func deleteKey(_ key: String) throws
    func deleteKeys(claimedUntil end: Timestamp) throws

    // MARK: Size

    /// Bytes of all that the user has stored.
    func usedBytes() throws -> Int
    /// Returns whether the user has stored at least this number of bytes, with less work than `usedBytes`.
    func isFull(_ bytes: Int) throws -> Bool
}
