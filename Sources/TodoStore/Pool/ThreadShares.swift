import DequeModule

/// Decides whose work may have a thread: sans IO, one call for each thing that happens.
///
/// Nobody has more than `share` of the threads at once; what goes beyond waits in its order, and the others pass by.
struct ThreadShares<Owner: Hashable & Sendable, Work> {
    private struct Line {
        var running = 0
        var waiting: Deque<Work> = []
    }

    let share: Int
    private var lines: [Owner: Line] = [:]

    init(share: Int) { self.share = share }

    var waitingCount: Int { lines.values.reduce(0) { $0 + $1.waiting.count } }

    func running(_ owner: Owner) -> Int { lines[owner]?.running ?? 0 }

    /// The work that is to begin now; nil when it has to wait.
    mutating func enter(_ owner: Owner, _ work: Work) -> Work? {
        var line = lines[owner] ?? Line()
        defer { lines[owner] = line }
        guard line.running < share else {
            line.waiting.append(work)
            return nil
        }
        line.running += 1
        return work
    }

    /// A piece of work has ended: the one that is to begin in its place, if there is one.
    mutating func leave(_ owner: Owner) -> Work? {
        guard var line = lines.removeValue(forKey: owner) else { return nil }
        let next = line.waiting.popFirst()
        if next == nil { line.running -= 1 }
        if line.running > 0 { lines[owner] = line }
        return next
    }
}
