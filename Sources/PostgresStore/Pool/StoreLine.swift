import DequeModule
import Identity

/// The order in which transactions get a connection: no I/O, one call for each event.
///
/// One write for each account at a time, since a second one would only hold a connection while it waits for the row (16 writers
/// of one user made 600 to 930 creates a second, one after the other 1,370); at most half of the connections for each tenant;
/// otherwise first come, first served.
struct StoreLine<Waiter> {
    /// A wish for a connection.
    struct Ticket: Sendable {
        let key: AccountKey
        /// Nil for work that is for no tenant.
        let tenant: TenantID?
        let isWriting: Bool
    }

    private(set) var free: Int
    private let share: Int
    private let maxWaiting: Int
    private var running: [TenantID?: Int] = [:]
    private var writing: Set<AccountKey> = []
    private var waiting: Deque<(ticket: Ticket, number: UInt64, waiter: Waiter)> = []

    init(connections: Int, maxWaiting: Int) {
        free = max(connections, 1)
        share = max(connections / 2, 1)
        self.maxWaiting = maxWaiting
    }

    var waitingCount: Int { waiting.count }
    /// Whether no one has a connection, or waits for one.
    var isEmpty: Bool { running.isEmpty && waiting.isEmpty }

    /// Returns whether the ticket has a connection now.
    mutating func enter(_ ticket: Ticket) -> Bool {
        guard isAdmissible(ticket) else { return false }
        take(ticket)
        return true
    }

    /// Waits for `enter`; returns false when there are too many already.
    mutating func wait(_ ticket: Ticket, number: UInt64, _ waiter: Waiter) -> Bool {
        guard waiting.count < maxWaiting else { return false }
        waiting.append((ticket, number, waiter))
        return true
    }

    /// Ends a wait that has had no success.
    mutating func leave(number: UInt64) -> Waiter? {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return nil }
        return waiting.remove(at: index).waiter
    }

    /// Gives a connection back. Returns those who get one instead.
    mutating func release(_ ticket: Ticket) -> [Waiter] {
        free += 1
        let count = (running[ticket.tenant] ?? 1) - 1
        running[ticket.tenant] = count > 0 ? count : nil
        if ticket.isWriting { writing.remove(ticket.key) }
        var next: [Waiter] = []
        var index = 0
        while free > 0, index < waiting.count {
            if isAdmissible(waiting[index].ticket) {
                take(waiting[index].ticket)
                next.append(waiting.remove(at: index).waiter)
            } else {
                index += 1
            }
        }
        return next
    }

    private func isAdmissible(_ ticket: Ticket) -> Bool {
        free > 0 && running[ticket.tenant] ?? 0 < share && !(ticket.isWriting && writing.contains(ticket.key))
    }

    private mutating func take(_ ticket: Ticket) {
        free -= 1
        running[ticket.tenant, default: 0] += 1
        if ticket.isWriting { writing.insert(ticket.key) }
    }
}
