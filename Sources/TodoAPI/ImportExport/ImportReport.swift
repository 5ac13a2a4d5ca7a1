import JSON
import Time
import TodoStore

/// The outcome of an import, row by row.
struct ImportReport: Sendable {
    struct Rejection: Sendable {
        /// Counts from 1; the header is none.
        let row: Int
        let errors: [FieldError]
    }

    /// Rejected rows that are told; the others are counted.
    static let toldRejections = 100
    /// Errors of one of them that are told.
    static let toldErrors = 10

    private(set) var rows: [ImportRow] = []
    private(set) var rejected: [Rejection] = []
    private(set) var rejectedCount = 0
    private let now: Timestamp
    private let maximumRows: Int

    /// - Parameter maximumRows: tasks that the user may have: with more of them the import cannot succeed.
    init(now: Timestamp, maximumRows: Int) {
        self.now = now
        self.maximumRows = maximumRows
    }

    /// - Throws: `StoreError.quotaExceeded` for more tasks than there may be.
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
