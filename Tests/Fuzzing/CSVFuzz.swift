import TodoAPI

/// Invariants of the CSV reader for any input.
package enum CSVFuzz {
    /// - Returns: The violations found.
    package static func check(_ input: [UInt8]) -> [String] {
        let bytes = CountedBytes(input)
        var reader = CSVReader(bytes)
        var rows: [[String]] = []
        var findings: [String] = []
        do throws(CSV.Malformed) {
            while let row = try reader.next() {
                if row.count < row.cells.count || row.cells.count > CSVReader<CountedBytes>.maximumCells {
                    findings.append("more cells than were counted")
                }
                if row.count == row.cells.count { rows.append(row.cells) }
            }
        } catch {
            rows = []
        }
        if bytes.reads > input.count { findings.append("\(bytes.reads) reads of \(input.count) bytes") }
        if rows.joined().reduce(0, { $0 + $1.utf8.count }) > input.count { findings.append("more text than there was") }
        if !findings.isEmpty { return findings }
        return check(rows)
    }

    /// Checks that rows are the same after writing and reading them.
    private static func check(_ rows: [[String]]) -> [String] {
        // Reading accepts both common line breaks as one, and skips empty lines.
        let rows = rows.filter { row in row != [""] && !row.contains { $0.utf8.contains(0x0D) } }
        var reader = CSVReader(Array(rows.map(CSV.line).joined().utf8))
        for row in rows {
            guard let again = try? reader.next(), again.cells.map({ Array($0.utf8) }) == row.map({ Array($0.utf8) })
            else {
                return ["what was written is read in another way"]
            }
        }
        return []
    }
}

/// A collection of bytes that counts its accesses.
struct CountedBytes: Collection {
    private final class Counter {
        var reads = 0
    }

    private let bytes: [UInt8]
    private let counter = Counter()

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var reads: Int { counter.reads }
    var startIndex: Int { bytes.startIndex }
    var endIndex: Int { bytes.endIndex }

    subscript(position: Int) -> UInt8 {
        counter.reads += 1
        return bytes[position]
    }

    func index(after position: Int) -> Int { position + 1 }
}
