@testable import SQLiteStore

extension PoolMachine.Acquisition {
    var name: String {
        switch self {
        case .use(let handle): "use \(handle)"
        case .open: "open"
        case .wait: "wait"
        case .overloaded: "overloaded"
        case .closed: "closed"
        }
    }
}

extension PoolMachine.Grant {
    var name: String {
        switch self {
        case .use(let handle): "use \(handle)"
        case .open: "open"
        case .failed(let error): "failed \(error)"
        case .missing: "missing"
        }
    }
}
