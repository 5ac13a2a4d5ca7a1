import DequeModule
import TodoStore

/// The shares of the threads: no I/O, one call for each event.
///
/// Each owner uses at most `share` threads at once; further work waits in order, without delaying other owners.
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

    /// Returns the work to start now; nil when it must wait.
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

    /// Ends a piece of work and returns the one to start in its place, if any.
    mutating func leave(_ owner: Owner) -> Work? {
        guard var line = lines.removeValue(forKey: owner) else { return nil }
        let next = line.waiting.popFirst()
        if next == nil { line.running -= 1 }
        if line.running > 0 { lines[owner] = line }
        return next
    }
}
