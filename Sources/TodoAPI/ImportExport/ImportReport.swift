import JSON
import Time
import TodoStore

/// The outcome of an import, row by row.
struct ImportReport: Sendable {
    struct Rejection: Sendable {
        /// The number of the row, from 1, without the header.
        let row: Int
        let errors: [FieldError]
    }

    /// The maximum number of rejected rows that are reported; the others are only counted.
    static let toldRejections = 100
    /// The maximum number of errors reported per row.
    static let toldErrors = 10

    private(set) var rows: [ImportRow] = []
    private(set) var rejected: [Rejection] = []
    private(set) var rejectedCount = 0
    private let now: Timestamp
    private let maximumRows: Int

    /// - Parameter maximumRows: The maximum number of tasks of the user; with more rows the import cannot succeed.
    init(now: Timestamp, maximumRows: Int) {
        self.now = now
        self.maximumRows = maximumRows
    }

    /// - Throws: `StoreError.quotaExceeded` beyond the maximum number of tasks.
    mutating func add(_ value: JSONValue, row: Int) throws(StoreError) {
        do {
            rows.append(try ImportRow(value, now: now))
        } catch let error as FieldErrors {
            reject(row, error.errors)
        } catch {
            reject(row, [FieldError("row", "cannot be read")])
        }
        guard rows.count <= maximumRows else { throw .quotaExceeded(.tasks) }
    }

    mutating func reject(_ row: Int, _ errors: [FieldError]) {
        rejectedCount += 1
        guard rejected.count < Self.toldRejections else { return }
        rejected.append(Rejection(row: row, errors: Array(errors.prefix(Self.toldErrors))))
    }

    var json: JSONValue {
        [
            "imported": .integer(rows.count),
            "rejected": .array(
                rejected.map { rejection in
                    [
                        "row": .integer(rejection.row),
                        "errors": .array(
                            rejection.errors.map { ["field": .string($0.field), "message": .string($0.message)] }),
                    ]
                }),
            "rejected_count": .integer(rejectedCount),
        ]
    }
}
