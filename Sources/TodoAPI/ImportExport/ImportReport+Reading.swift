import JSON
import NIOCore
import Text
import TodoStore

extension ImportReport {
    /// The number of rows after which the thread is yielded: about a millisecond of work.
    private static let slice = 64

    /// Reads the rows of a JSON array.
    mutating func read(_ array: [JSONValue]) async throws {
        for (index, value) in array.enumerated() {
            try add(value, row: index + 1)
            if index % Self.slice == Self.slice - 1 { await Task.yield() }
        }
    }

    /// Reads the rows of a CSV file.
    ///
    /// - Throws: `FieldErrors` for malformed CSV, or an unknown header.
    mutating func read(csv bytes: ByteBufferView) async throws {
        var reader = CSVReader(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes)
        let header = try Self.header(try Self.next(&reader))
        var index = 0
        while let row = try Self.next(&reader) {
            index += 1
            if row.count == header.count {
                try add(.object(TodoCSV.object(header, row.cells)), row: index)
            } else {
                reject(index, [FieldError("row", "must have \(header.count) cells, not \(row.count)")])
            }
            if index % Self.slice == 0 { await Task.yield() }
        }
    }

    private static func next<Bytes>(_ reader: inout CSVReader<Bytes>) throws -> CSVReader<Bytes>.Row? {
        do throws(CSV.Malformed) {
            return try reader.next()
        } catch {
            throw FieldErrors([FieldError(error.row == 0 ? "header" : "row \(error.row)", error.message)])
        }
    }

    /// Returns the names of the columns, in the order of the file.
    private static func header<Bytes>(_ row: CSVReader<Bytes>.Row?) throws -> [String] {
        let cells = row?.cells ?? []
        guard !cells.contains(where: { CombiningMarks.areTooMany(in: $0) }) else {
            throw FieldErrors([FieldError("header", CombiningMarks.violation)])
        }
        let names = cells.compactMap { cell in TodoCSV.columns.first { $0.equalsIgnoringASCIICase(cell) } }
        guard names.contains("title") else { throw FieldErrors([FieldError("header", "must name a column title")]) }
        guard names.count == row?.count, Set(names).count == names.count else {
            throw FieldErrors([FieldError("header", "has an unknown or repeated column")])
        }
        return names
    }
}
