import Testing

@testable import Postgres

struct PostgresErrorTests {
    @Test(arguments: [
        ("40001", PostgresError.serializationFailure), ("40P01", .serializationFailure),
        ("40003", .outcomeUnknown), ("08007", .outcomeUnknown),
        ("25006", .notPrimary("m")), ("57014", .tooSlow), ("55P03", .tooSlow),
        ("53300", .tooManyConnections("m")), ("53100", .diskFull), ("42501", .permissionDenied("m")),
        ("28P01", .authenticationFailed("m")), ("28000", .authenticationFailed("m")),
        ("08006", .connectionLost("m")), ("08P01", .connectionLost("m")), ("25P03", .connectionLost("m")),
        ("57P01", .connectionLost("m")), ("57P02", .connectionLost("m")), ("57P03", .connectionLost("m")),
        ("57P05", .connectionLost("m")),
        ("23505", .rejected(sqlState: "23505", message: "m")), ("22021", .rejected(sqlState: "22021", message: "m")),
        ("40002", .rejected(sqlState: "40002", message: "m")), ("53200", .rejected(sqlState: "53200", message: "m")),
        ("", .rejected(sqlState: "", message: "m")),
    ])
    func theStateTellsTheError(state: String, error: PostgresError) {
        #expect(PostgresError(sqlState: state, message: "m") == error)
    }

    @Test func anErrorWithoutAStateIsThatOfTheConnection() {
        #expect(PostgresError(sqlState: nil, message: "m") == .connectionLost("m"))
    }

    @Test(arguments: [
        ("connection to server on socket \"/x\" failed: FATAL:  53300: sorry\nLOCATION:  f, p.c:1\n", "53300"),
        ("connection to server at \"::1\", port 5 failed: FATAL:  28P01: no\nLOCATION:  f", "28P01"),
        ("connection to server at \"h\" failed: FATAL:  3D000: database \"x\" does not exist\n", "3D000"),
    ])
    func theStateOfAFailedConnectionIsInItsText(text: String, state: String) {
        let error = PostgresError(connecting: text)
        #expect(
            error
                == PostgresError(
                    sqlState: state, message: String(text.split(separator: "\n").first ?? "")))
    }

    @Test func aServerThatStartsCannotBeReached() {
        let text = "connection failed: FATAL:  57P03: the database system is starting up"
        #expect(PostgresError(connecting: text) == .cannotConnect(text))
        #expect(PostgresError(connecting: "could not connect: x: y") == .cannotConnect("could not connect: x: y"))
        #expect(PostgresError(connecting: "") == .cannotConnect(""))
    }

    @Test func aServerThatAcceptsNoWritesIsNotThePrimary() {
        let text = "connection to server failed: session is read-only"
        #expect(PostgresError(connecting: text) == .notPrimary(text))
    }

    @Test func aLongMessageIsCut() {
        let error = PostgresError(sqlState: "XX000", message: String(repeating: "ä", count: 10_000))
        #expect(error.description.utf8.count < 500)
    }
}
