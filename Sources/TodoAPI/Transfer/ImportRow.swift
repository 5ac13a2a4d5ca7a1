import JSON
import Text
import TodoStore

/// One task of an import: checked by the rules of every new task, with what an export says of the old one passed over.
struct ImportRow: Sendable {
    let draft: TodoDraft
    let completedAt: Timestamp?

    /// - Throws: `FieldErrors`
    init(_ value: JSONValue, now: Timestamp) throws {
        guard case .object(let object) = value else {
            throw FieldErrors([FieldError("row", "must be an object, not \(value.kind)")])
        }
        var fields = FieldReader(object)
        draft = TodoDraft(fields: &fields)
        let completed = fields.bool("completed")
        let completedAt = fields.timestamp("completed_at")
        if completed == false, completedAt != nil { fields.fail("completed_at", "does not go with completed false") }
        // Ids and times of the list that the task comes from mean nothing in this one.
        _ = (fields.integer("id"), fields.integer("version"))
        _ = (fields.timestamp("created_at"), fields.timestamp("updated_at"))
        try fields.finish()
        self.completedAt = completedAt ?? (completed == true ? now : nil)
    }
}

/// What was made of the rows of an import.
struct ImportReport: Sendable {
    struct Rejection: Sendable {
        /// Counts from 1; the header is none.
        let row: Int
        let errors: [FieldError]
    }

    private(set) var rows: [ImportRow] = []
    private(set) var rejected: [Rejection] = []

    init(json: [JSONValue], now: Timestamp) {
        for (index, value) in json.enumerated() { add(value, row: index + 1, now: now) }
    }

    /// - Throws: `Problem` for a header that is not ours.
    init(csv bytes: some Collection<UInt8>, now: Timestamp) throws {
        let rows: [[String]]
        do throws(CSV.Malformed) {
            rows = try CSV.rows(bytes)
        } catch {
            throw FieldErrors([FieldError(error.row == 0 ? "header" : "row \(error.row)", error.message)])
        }
        guard !(rows.first ?? []).contains(where: { CombiningMarks.areTooMany(in: $0) }) else {
            throw FieldErrors([FieldError("header", CombiningMarks.violation)])
        }
        let header = (rows.first ?? []).map { $0.lowercased() }
        guard header.contains("title") else { throw FieldErrors([FieldError("header", "must name a column title")]) }
        for (index, name) in header.enumerated()
        where !TodoCSV.columns.contains(name) || header[..<index].contains(name) {
            throw FieldErrors([FieldError("header", "has a column that is not known here, or one twice")])
        }
        for (index, cells) in rows.enumerated().dropFirst() {
            guard cells.count == header.count else {
                reject(index, [FieldError("row", "must have \(header.count) cells, not \(cells.count)")])
                continue
            }
            add(.object(TodoCSV.object(header, cells)), row: index, now: now)
        }
    }

    private mutating func add(_ value: JSONValue, row: Int, now: Timestamp) {
        do {
            rows.append(try ImportRow(value, now: now))
        } catch let error as FieldErrors {
            reject(row, error.errors)
        } catch {
            reject(row, [FieldError("row", "cannot be read")])
        }
    }

    private mutating func reject(_ row: Int, _ errors: [FieldError]) {
        rejected.append(Rejection(row: row, errors: errors))
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
        ]
    }
}
