import Administration
import JSON
import Text

/// The results of a command on the data of many users, and its problems.
struct DataReport {
    /// The counts of each kind of result, in the order in which they are printed.
    private(set) var counts: [(name: String, count: Int)]
    private(set) var problems: [(of: String, what: String)] = []

    init(_ names: String...) { counts = names.map { ($0, 0) } }

    mutating func count(_ name: String, _ count: Int = 1) {
        guard let index = counts.firstIndex(where: { $0.name == name }) else { return }
        counts[index].count += count
    }

    var hasCounted: Bool { counts.contains { $0.count > 0 } }

    /// Makes both texts printable, because they can quote a damaged or malicious file.
    mutating func problem(of what: String, _ explanation: String) {
        problems.append((what.printable(), explanation.printable(limit: 1000)))
    }

    /// Prints the report; throws when there was a problem.
    func show(_ shared: SharedOptions) throws {
        var json = JSONObject(counts.map { ($0.name, .integer($0.count)) })
        json["problems"] = .array(problems.map { ["of": .string($0.of), "problem": .string($0.what)] })
        try shared.show(.object(json), people: counts.map { "\($0.count) \($0.name)" }.joined(separator: ", ") + "\n")
        guard !problems.isEmpty else { return }
        if !shared.json { StandardError.write(problems.map { "\($0.of): \($0.what)\n" }.joined()) }
        throw CommandError(
            problems.count == 1 ? "there is a problem" : "there are \(problems.count) problems",
            advice: "Everything else is done. See the problems above.")
    }
}
