import Postgres
import TodoStore

/// Rows of which one transaction knows enough not to ask again.
struct KnownRows {
    /// A turn that runs at this node, in the attempt that adds to it.
    struct OpenTurn {
        let attempt: Int
        var lastPosition: Int
        var answeredCalls: Set<Int>
    }

    /// An idempotency key; nil where there is none.
    struct Key {
        let createdAt: Int
        var size: Int
    }

    var conversations: Set<Int> = []
    /// Conversations and turns that were made in this transaction.
    var newConversations: Set<Int> = []
    var newTurns: Set<Int> = []
    var openTurns: [Int: OpenTurn] = [:]
    /// The turns that ended in this transaction without an answer so far.
    var unanswered: Set<Int> = []
    var keys: [String: Key?] = [:]

    // Answers to questions that usually follow one another, until the next change.

    var completions: PostgresResult?
    var answers: (turns: [Int], messages: [StoredMessage])?
    var confirmations: (turn: Int, texts: [String])?
    var changeMarks: (turn: Int, marks: [Change.Mark])?

    mutating func forgetAnswers() {
        completions = nil
        answers = nil
        confirmations = nil
        changeMarks = nil
    }

    mutating func forgetConversations() {
        conversations = []
        newConversations = []
        newTurns = []
        openTurns = [:]
        unanswered = []
    }
}
