package import Postgres
import TodoStore

/// The tables, policies, roles and grants of a database: append-only migrations, of which `schema_version` tells how many
/// were applied.
package enum PostgresSchema {
    static let migrations: [[Statement]] = [version1]

    /// The version that this program needs.
    package static let version = migrations.count

    /// Brings a database to this program's version, in one transaction; a database that has it stays as it is.
    ///
    /// Two at a time follow each other: the version is a row that the first one locks.
    /// - Parameter connection: as a role that may make roles, or is a member of those that are there.
    /// - Throws: `StoreError.newerSchema`, `PostgresError`.
    package static func migrate(_ connection: PostgresConnection, by deadline: ContinuousClock.Instant) throws {
        do {
            for statement in preparation { try connection.send(statement) }
            // Only now can what names the table be prepared.
            _ = try connection.finish(by: deadline)
            try connection.send(.insertSchemaVersion)
            try connection.send(.schemaVersionForUpdate)
            guard let current = try connection.finish(by: deadline).last?.int(0, 0) else { throw StoreError.corrupt }
            guard current <= version else { throw StoreError.newerSchema }
            for migration in migrations[max(current, 0)...] {
                for statement in migration { try connection.send(statement) }
                _ = try connection.finish(by: deadline)
            }
            var arguments = Arguments()
            arguments.append(version)
            try connection.send(.setSchemaVersion, arguments)
            try connection.send(.commit)
            _ = try connection.finish(by: deadline)
        } catch {
            // The connection is not used again: what was begun ends with it.
            connection.close()
            throw error
        }
    }

    /// Checks that this program can work with a database of a version, nil for one without a schema.
    static func check(_ found: Int?) throws(StoreError) {
        guard let found, found >= version else {
            throw .unavailable(reason: "the database has an older schema: run steward store migrate")
        }
        guard found == version else { throw .newerSchema }
    }

    /// From BEGIN to the table of the version. The settings belong to the role, as poolers drop those of a connection.
    private static let preparation: [Statement] = [
        .begin,
        Statement(
            "schema_roles",
            """
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steward_owner') THEN
                    CREATE ROLE steward_owner NOLOGIN;
                END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steward_keeper') THEN
                    CREATE ROLE steward_keeper NOLOGIN;
                END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steward_app') THEN
                    CREATE ROLE steward_app LOGIN NOINHERIT;
                    ALTER ROLE steward_app SET search_path = steward;
                    ALTER ROLE steward_app SET statement_timeout = '5s';
                    ALTER ROLE steward_app SET lock_timeout = '3s';
                    ALTER ROLE steward_app SET idle_in_transaction_session_timeout = '5s';
                    ALTER ROLE steward_app SET plan_cache_mode = force_generic_plan;
                    ALTER ROLE steward_app SET default_transaction_isolation = 'read committed';
                    GRANT steward_keeper TO steward_app;
                END IF;
                IF NOT pg_has_role(current_user, 'steward_owner', 'MEMBER') THEN
                    EXECUTE format('GRANT steward_owner TO %I', current_user);
                END IF;
            END $$
            """),
        Statement("schema_folder", "CREATE SCHEMA IF NOT EXISTS steward AUTHORIZATION steward_owner"),
        Statement("schema_owner", "SET LOCAL ROLE steward_owner"),
        Statement("schema_path", "SET LOCAL search_path = steward"),
        Statement("schema_usage", "GRANT USAGE ON SCHEMA steward TO steward_app, steward_keeper"),
        Statement(
            "schema_table",
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                id boolean PRIMARY KEY DEFAULT true CHECK (id),
                version bigint NOT NULL
            )
            """),
    ]
}

extension Statement {
    static let schemaVersion = Statement("schema_version", "SELECT version FROM schema_version")
    fileprivate static let insertSchemaVersion = Statement(
        "insert_schema_version", "INSERT INTO schema_version (version) VALUES (0) ON CONFLICT DO NOTHING")
    fileprivate static let schemaVersionForUpdate = Statement(
        "schema_version_for_update", "SELECT version FROM schema_version FOR UPDATE")
    fileprivate static let setSchemaVersion = Statement(
        "schema_set_version", "UPDATE schema_version SET version = $1")
}
