import Postgres
import Time

/// A row of a result.
struct ResultRow {
    let result: PostgresResult
    let index: Int

    func int(_ column: Int) throws(PostgresError) -> Int { try result.int(index, column) }
    func intIfAny(_ column: Int) throws(PostgresError) -> Int? { try result.intIfAny(index, column) }
    func text(_ column: Int) throws(PostgresError) -> String { try result.text(index, column) }
    func textIfAny(_ column: Int) throws(PostgresError) -> String? { try result.textIfAny(index, column) }
    func bool(_ column: Int) throws(PostgresError) -> Bool { try result.bool(index, column) }
    func bytes(_ column: Int) throws(PostgresError) -> [UInt8] { try result.bytes(index, column) }
    func doubleIfAny(_ column: Int) throws(PostgresError) -> Double? { try result.doubleIfAny(index, column) }
    func texts(_ column: Int) throws(PostgresError) -> [String] { try result.texts(index, column) }

    func time(_ column: Int) throws(PostgresError) -> Timestamp { Timestamp(milliseconds: try int(column)) }
    func timeIfAny(_ column: Int) throws(PostgresError) -> Timestamp? {
        try intIfAny(column).map { Timestamp(milliseconds: $0) }
    }
}

extension PostgresResult {
    var rows: [ResultRow] { (0..<rowCount).map { ResultRow(result: self, index: $0) } }
    var first: ResultRow? { rowCount > 0 ? ResultRow(result: self, index: 0) : nil }
}
