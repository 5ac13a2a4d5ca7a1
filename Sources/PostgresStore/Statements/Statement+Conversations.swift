import Postgres

/// Conversations and their messages.
extension Statement {
    static let conversation = Statement(
        "conversation", "SELECT id, title, created_at, updated_at FROM conversation WHERE account = $1 AND id = $2")

    static let conversations = Statement(
        "conversations",
        """
        SELECT id, title, created_at, updated_at FROM conversation
        WHERE account = $1 AND (updated_at, id) < ($2, $3)
        AND (cardinality($5::text[]) = 0 OR NOT EXISTS (
            SELECT 1 FROM unnest($5::text[]) AS word
            WHERE strpos(title_key, word) = 0 AND NOT EXISTS (
                SELECT 1 FROM message
                WHERE account = $1 AND conversation_id = conversation.id AND strpos(content_key, word) > 0)))
        ORDER BY updated_at DESC, id DESC LIMIT $4
        """)

    static let oldestConversation = Statement(
        "oldest_conversation", "SELECT min(updated_at) FROM conversation WHERE account = $1")

    static let insertConversation = Statement(
        "insert_conversation",
        """
        INSERT INTO conversation (account, id, title, title_key, created_at, updated_at, size)
        VALUES ($1, $2, $3, $4, $5, $5, $6)
        """)

    static let renameConversation = Statement(
        "rename_conversation",
        """
        UPDATE conversation SET title = $3, title_key = $4, updated_at = $5, size = $6
        FROM (SELECT size FROM conversation WHERE account = $1 AND id = $2) AS before
        WHERE account = $1 AND id = $2 RETURNING before.size
        """)

    static let touchConversation = Statement(
        "touch_conversation", "UPDATE conversation SET updated_at = $3 WHERE account = $1 AND id = $2")

    static let conversationsToForget = Statement(
        "conversations_to_forget",
        """
        SELECT id FROM conversation WHERE account = $1 AND updated_at < $2 AND NOT EXISTS (
            SELECT 1 FROM turn
            WHERE account = $1 AND turn.conversation_id = conversation.id AND turn.status = 'running')
        """)

    /// How many messages, and how many bytes, go with conversations.
    static let conversationSizes = Statement(
        "conversation_sizes",
        """
        SELECT
            (SELECT count(*) FROM message WHERE account = $1 AND conversation_id = ANY ($2::bigint[])),
            ((SELECT coalesce(sum(size), 0) FROM conversation WHERE account = $1 AND id = ANY ($2::bigint[]))
            + (SELECT coalesce(sum(size), 0) FROM message
                WHERE account = $1 AND conversation_id = ANY ($2::bigint[]))
            + (SELECT coalesce(sum(size), 0) FROM step WHERE account = $1 AND turn_id IN (
                SELECT id FROM turn WHERE account = $1 AND conversation_id = ANY ($2::bigint[])))
            + (SELECT coalesce(sum(size), 0) FROM confirmation WHERE account = $1 AND turn_id IN (
                SELECT id FROM turn WHERE account = $1 AND conversation_id = ANY ($2::bigint[]))))::bigint,
            (SELECT count(*) FROM turn WHERE account = $1 AND conversation_id = ANY ($2::bigint[]))
        """)

    static let deleteConversations = Statement(
        "delete_conversations", "DELETE FROM conversation WHERE account = $1 AND id = ANY ($2::bigint[])")

    static let messages = Statement(
        "messages",
        """
        SELECT id, conversation_id, turn_id, role, content, status, created_at, provider, model, input_tokens,
            output_tokens, cached_input_tokens, cost,
            CASE WHEN role = 'assistant' THEN (
                SELECT coalesce(sum(octet_length(body)), 0)::bigint FROM step
                WHERE account = $1 AND step.turn_id = message.turn_id) ELSE 0 END
        FROM message WHERE account = $1 AND conversation_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """)

    static let answers = Statement(
        "answers",
        """
        SELECT id, conversation_id, turn_id, role, content, status, created_at, provider, model, input_tokens,
            output_tokens, cached_input_tokens, cost
        FROM message WHERE account = $1 AND turn_id = ANY ($2::bigint[]) AND role = 'assistant'
        """)

    static let insertMessage = Statement(
        "insert_message",
        """
        INSERT INTO message (account, id, conversation_id, turn_id, role, content, content_key, status, created_at,
            provider, model, input_tokens, output_tokens, cached_input_tokens, cost, size)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (account, turn_id, role) DO NOTHING
        """)

    static let deleteIncompleteAnswer = Statement(
        "delete_incomplete_answer",
        """
        DELETE FROM message WHERE account = $1 AND turn_id = $2 AND role = 'assistant' AND status = 'incomplete'
        RETURNING size
        """)

    static let talk: [Statement] = [
        conversation, conversations, oldestConversation, insertConversation, renameConversation, touchConversation,
        conversationsToForget, conversationSizes, deleteConversations, messages, answers, insertMessage,
        deleteIncompleteAnswer,
    ]
}
