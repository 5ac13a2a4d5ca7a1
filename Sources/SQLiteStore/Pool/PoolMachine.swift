import DequeModule
import TodoStore

/// The state machine of the open databases: no I/O, one call for each event.
///
/// A database is opened once for all who request it, pinned while it is used, and the one that was idle longest is
/// closed to make room. At most `capacity` databases are opening, open or closing; further requests wait, at most
/// `maxWaiting` of them.
struct PoolMachine<Key: Hashable & Sendable, Handle: Sendable>: Sendable {
    /// A waiting request.
    struct Waiter: Hashable, Sendable {
        let number: UInt64
    }

    /// The result of a request.
    enum Acquisition: Sendable {
        /// The database is pinned for the caller.
        case use(Handle)
        /// The caller opens the database and reports `opened` or `openFailed`.
        case open
        /// The request waits for a grant.
        case wait
        case overloaded
        case closed
    }

    /// The outcome for a waiter.
    enum Grant: Sendable {
        case use(Handle)
        case open
        case failed(StoreError)
        /// There is no file, and the request was not to create one.
        case missing
    }

    private enum Slot {
        case opening([Waiter])
        case open(Open)
        case closing([Waiter])
    }

    private struct Open {
        let handle: Handle
        var pins: Int
        /// The time at which it became idle, which distinguishes a valid entry of `idle` from an old one.
        var idleSince: UInt64 = 0
        /// Whether it must not be used again and closes after its last use.
        var isBroken = false
        /// Waiters since it broke, who are told when it is closed.
        var waiters: [Waiter] = []
    }

    private let capacity: Int
    private let maxWaiting: Int
    private var slots: [Key: Slot] = [:]
    /// The idle databases, oldest first; an entry is valid only if its database has been idle since then.
    private var idle: Deque<(key: Key, since: UInt64)> = []
    /// Waiters for room.
    private var queue: Deque<(waiter: Waiter, key: Key)> = []
    private var clock: UInt64 = 0
    private var closingCount = 0
    private var isShuttingDown = false
    private(set) var waitingCount = 0
    private(set) var hits = 0
    private(set) var misses = 0
    private(set) var evictions = 0

    init(capacity: Int, maxWaiting: Int) {
        self.capacity = capacity
        self.maxWaiting = maxWaiting
    }

    var openCount: Int { slots.count - closingCount }
    var isEmpty: Bool { slots.isEmpty }

    /// Returns a database that is opening, open, closing or waited for.
    func firstKey(where condition: (Key) -> Bool) -> Key? {
        slots.keys.first(where: condition) ?? queue.first { condition($0.key) }?.key
    }

    /// Pins the database if it is open.
    mutating func acquireIfOpen(_ key: Key) -> Handle? {
        guard !isShuttingDown, case .open(var open) = slots[key], !open.isBroken else { return nil }
        open.pins += 1
        slots[key] = .open(open)
        hits += 1
        return open.handle
    }

    /// Returns whether the caller must open the database, as with `Acquisition.open`: it is closed, and there is room.
    mutating func acquireRoom(_ key: Key) -> Bool {
        guard !isShuttingDown, slots[key] == nil, slots.count < capacity else { return false }
        slots[key] = .opening([])
        misses += 1
        return true
    }

    mutating func acquire(_ key: Key, waiter: Waiter) -> Acquisition {
        if isShuttingDown { return .closed }
        if let handle = acquireIfOpen(key) { return .use(handle) }
        if acquireRoom(key) { return .open }
        guard waitingCount < maxWaiting else { return .overloaded }
        waitingCount += 1
        misses += 1
        switch slots[key] {
        case .opening(let waiters): slots[key] = .opening(waiters + [waiter])
        case .closing(let waiters): slots[key] = .closing(waiters + [waiter])
        case .open(var open) where open.isBroken:
            open.waiters.append(waiter)
            slots[key] = .open(open)
        case .open, nil: queue.append((waiter, key))
        }
        return .wait
    }

    /// Records an opened database, which is pinned for its opener and all its waiters.
    mutating func opened(_ key: Key, _ handle: Handle) -> [(Waiter, Grant)] {
        guard case .opening(let waiters) = slots[key] else { return [] }
        slots[key] = .open(Open(handle: handle, pins: 1 + waiters.count))
        waitingCount -= waiters.count
        return waiters.map { ($0, .use(handle)) }
    }

    /// Resumes all waiters of the database with `.failed` or `.missing`, and those for room.
    mutating func openFailed(_ key: Key, _ outcome: Grant) -> [(Waiter, Grant)] {
        guard case .opening(let waiters) = slots[key] else { return [] }
        slots[key] = nil
        waitingCount -= waiters.count
        return waiters.map { ($0, outcome) } + admit()
    }

    /// Releases one pin. A broken database closes after its last use.
    mutating func release(_ key: Key, isBroken: Bool = false) {
        guard case .open(var open) = slots[key], open.pins > 0 else { return }
        open.pins -= 1
        open.isBroken = open.isBroken || isBroken
        if open.pins == 0 {
            clock += 1
            open.idleSince = clock
            if open.isBroken { idle.prepend((key, clock)) } else { idle.append((key, clock)) }
        }
        slots[key] = .open(open)
        // Old entries are dropped now and then, so that the list stays as long as the pool is large.
        if idle.count > 2 * capacity + 64 { idle = idle.filter { isIdle($0.key, since: $0.since) } }
    }

    /// Returns the next database to close, until there is none; the caller closes it in the background and calls
    /// `closed`.
    mutating func nextVictim() -> Handle? {
        while let oldest = idle.first {
            guard case .open(let open) = slots[oldest.key], isIdle(oldest.key, since: oldest.since) else {
                idle.removeFirst()
                continue
            }
            // A little room is kept free, so that a new database rarely waits for the closing of an old one.
            let isWanted = openCount > capacity - capacity / 32 || queue.count > closingCount
            guard isWanted || open.isBroken || isShuttingDown else { return nil }
            idle.removeFirst()
            slots[oldest.key] = .closing(open.waiters)
            closingCount += 1
            evictions += 1
            return open.handle
        }
        return nil
    }

    /// Records a closed file: waiters for it or for room may open.
    mutating func closed(_ key: Key) -> [(Waiter, Grant)] {
        guard case .closing(let waiters) = slots[key] else { return [] }
        closingCount -= 1
        return reopen(key, for: waiters)
    }

    /// The caller that was to open the file leaves it closed: the next waiter may open it.
    mutating func passedOn(_ key: Key) -> [(Waiter, Grant)] {
        guard case .opening(let waiters) = slots[key] else { return [] }
        return reopen(key, for: waiters)
    }

    /// Lets the first of the waiters open a closed file; without one, its room is free.
    private mutating func reopen(_ key: Key, for waiters: [Waiter]) -> [(Waiter, Grant)] {
        guard let first = waiters.first else {
            slots[key] = nil
            return admit()
        }
        waitingCount -= 1
        slots[key] = .opening(Array(waiters.dropFirst()))
        return [(first, .open)]
    }

    /// Cancels a waiter; has no effect if it was granted meanwhile.
    mutating func cancel(_ waiter: Waiter, _ key: Key) {
        let before = queue.count
        queue.removeAll { $0.waiter == waiter }
        var left = before - queue.count
        switch slots[key] {
        case .opening(let waiters):
            slots[key] = .opening(waiters.filter { $0 != waiter })
            left += waiters.count(where: { $0 == waiter })
        case .closing(let waiters):
            slots[key] = .closing(waiters.filter { $0 != waiter })
            left += waiters.count(where: { $0 == waiter })
        case .open(var open):
            left += open.waiters.count(where: { $0 == waiter })
            open.waiters.removeAll { $0 == waiter }
            slots[key] = .open(open)
        case nil: break
        }
        waitingCount -= left
    }

    /// Refuses new requests and resumes the waiting ones. Open databases close when they become idle.
    mutating func shutDown() -> [(Waiter, Grant)] {
        isShuttingDown = true
        var refused: [(Waiter, Grant)] = queue.map { ($0.waiter, .failed(.closed)) }
        queue.removeAll()
        for (key, slot) in slots {
            switch slot {
            case .opening: continue
            case .open(var open):
                refused += open.waiters.map { ($0, .failed(.closed)) }
                open.waiters = []
                slots[key] = .open(open)
            case .closing(let waiters):
                refused += waiters.map { ($0, .failed(.closed)) }
                slots[key] = .closing([])
            }
        }
        waitingCount -= refused.count
        return refused
    }

    /// Grants free room to the waiting requests, in order.
    private mutating func admit() -> [(Waiter, Grant)] {
        var grants: [(Waiter, Grant)] = []
        while let (waiter, key) = queue.first {
            switch slots[key] {
            case nil:
                guard slots.count < capacity else { return grants }
                slots[key] = .opening([])
                waitingCount -= 1
                grants.append((waiter, .open))
            case .opening(let waiters): slots[key] = .opening(waiters + [waiter])
            case .closing(let waiters): slots[key] = .closing(waiters + [waiter])
            case .open(var open) where open.isBroken:
                open.waiters.append(waiter)
                slots[key] = .open(open)
            case .open(var open):
                open.pins += 1
                slots[key] = .open(open)
                waitingCount -= 1
                grants.append((waiter, .use(open.handle)))
            }
            queue.removeFirst()
        }
        return grants
    }

    private func isIdle(_ key: Key, since: UInt64) -> Bool {
        guard case .open(let open) = slots[key] else { return false }
        return open.pins == 0 && open.idleSince == since
    }
}
