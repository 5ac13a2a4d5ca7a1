import Identity
import Logging
import Synchronization
import TodoStore

/// A log of faults that reports each file's problem once, and not for each request.
final class FaultLog: Sendable {
    private struct Fault {
        let error: StoreError
        /// Whether the file could not be opened, so that the next successful opening ends the fault.
        let isOfOpening: Bool
    }

    private struct State {
        var faults: [DatabaseID: Fault] = [:]
        var fullDiskToldAt: ContinuousClock.Instant?
    }

    private let folder: DataFolder
    private let logger: Logger
    private let state = Mutex(State())

    init(folder: DataFolder, logger: Logger) {
        self.folder = folder
        self.logger = logger
    }

    /// The number of files with a current problem.
    var count: Int { state.withLock { $0.faults.count } }

    func refused(_ id: DatabaseID, _ error: StoreError) {
        tell("database refused", id, Fault(error: error, isOfOpening: true))
    }

    /// Reports faults of the file or its disk; other errors are ignored.
    func failed(_ id: DatabaseID, _ error: StoreError) {
        if error == .full { return tellFullDisk() }
        guard error.isFault else { return }
        tell("database failed", id, Fault(error: error, isOfOpening: false))
    }

    func opened(_ id: DatabaseID) {
        let isOver = state.withLock { state in
            guard state.faults[id]?.isOfOpening == true else { return false }
            state.faults[id] = nil
            return true
        }
        if isOver { logger.notice("database opens again", metadata: ["file": "\(name(id))"]) }
    }

    /// The file was replaced or removed.
    func forget(_ id: DatabaseID) { state.withLock { $0.faults[id] = nil } }

    /// All files of the tenant were removed.
    func forget(_ tenant: TenantID) {
        state.withLock { state in state.faults = state.faults.filter { $0.key.tenant != tenant } }
    }

    private func tell(_ what: String, _ id: DatabaseID, _ fault: Fault) {
        let isNew = state.withLock { state in
            guard state.faults[id]?.error != fault.error else { return false }
            // Reported again, because the number of remembered faults is bounded.
            if state.faults.count >= Self.capacity { state.faults.removeAll() }
            state.faults[id] = fault
            return true
        }
        guard isNew else { return }
        logger.error("\(what)", metadata: ["file": "\(name(id))", "error": "\(fault.error.explanation)"])
    }

    private func tellFullDisk() {
        let now = ContinuousClock.now
        let isNew = state.withLock { state in
            if let last = state.fullDiskToldAt, now - last < Self.pause { return false }
            state.fullDiskToldAt = now
            return true
        }
        if isNew { logger.critical("the disk of the data is full: nothing can be stored") }
    }

    /// The hash identifies the file to the operator without naming the user.
    private func name(_ id: DatabaseID) -> String {
        (try? folder.path(of: id))?.split(separator: "/").suffix(id.isTenant ? 2 : 1).joined(separator: "/") ?? "-"
    }

    private static let capacity = 10_000
    private static let pause = Duration.seconds(60)
}

extension DatabaseID {
    fileprivate var isTenant: Bool {
        if case .tenant = self { true } else { false }
    }
}
