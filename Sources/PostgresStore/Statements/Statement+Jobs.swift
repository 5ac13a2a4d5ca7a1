import Postgres

/// Work that one node at a time does for all.
extension Statement {
    /// Takes a job that is due, or is this node's, for a time. No row for one that is another node's.
    static let takeJob = Statement(
        "take_job",
        """
        INSERT INTO job (name, node, expires_at, fence)
        VALUES ($1, $2, clock_timestamp() + $3::bigint * interval '1 millisecond', 1)
        ON CONFLICT (name) DO UPDATE SET node = $2, fence = job.fence + 1, expires_at = excluded.expires_at
        WHERE job.expires_at <= clock_timestamp() OR job.node = $2
        RETURNING cursor
        """)

    /// A node that ended without a word has left its row. Turns of a node without a row are no one's.
    static let forgetNodes = Statement(
        "forget_nodes", "DELETE FROM node WHERE expires_at < clock_timestamp() - interval '1 day'")

    /// Stores how far this node has come, and when the job is due for any other.
    static let keepJob = Statement(
        "keep_job",
        """
        UPDATE job SET cursor = $4, node = $5, expires_at = clock_timestamp() + $3::bigint * interval '1 millisecond'
        WHERE name = $1 AND node = $2
        """)
}
