import Testing

@testable import Postgres

struct StatementTests {
    @Test(arguments: [
        ("BEGIN", Statement.Effect.begin(isReadOnly: false)), ("begin;", .begin(isReadOnly: false)),
        ("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", .begin(isReadOnly: true)),
        ("START TRANSACTION READ  ONLY", .begin(isReadOnly: true)),
        ("BEGIN ISOLATION LEVEL REPEATABLE READ", .begin(isReadOnly: false)),
        ("COMMIT", .commit), (" commit ;", .commit), ("END", .commit),
        ("ROLLBACK", .rollback), ("ABORT", .rollback), ("ROLLBACK TO SAVEPOINT a", .read),
        ("SELECT 1", .read), ("\nselect\n1", .read), ("SET LOCAL x = 1", .read),
        ("WITH a AS (DELETE FROM b RETURNING c) SELECT * FROM a", .change), ("UPDATE a SET b = 1", .change),
        ("INSERT INTO a VALUES (1)", .change), ("CREATE TABLE a ()", .change), ("", .change),
        ("-- SELECT\nDELETE FROM a", .change), ("VALUES(1)", .read),
    ])
    func theFirstWordsTellTheEffect(sql: String, effect: Statement.Effect) {
        #expect(Statement.effect(of: sql) == effect)
    }
}
