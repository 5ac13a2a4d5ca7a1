import Foundation
import Synchronization
import TodoStore

/// A folder for incomplete files, on the file system of the data.
///
/// Files left by a crash are removed before the first use, because only one process uses a data folder. All methods
/// block, so they run on the store's threads.
final class ScratchFolder: Sendable {
    private let path: String
    private let state = Mutex((isReady: false, last: 0))

    /// No tenant has this name, because tenant ids contain no dots.
    init(root: String) { path = root + "/.scratch" }

    /// Removes files left by a crash, once per process.
    func clear() throws(StoreError) {
        try state.withLock { state throws(StoreError) in
            guard !state.isReady else { return }
            try? FileManager.default.removeItem(atPath: path)
            try DataFolder.createFolder(path, isRoot: false)
            state.isReady = true
        }
    }

    /// Returns the path of a new file.
    func newPath() throws(StoreError) -> String {
        try clear()
        return state.withLock { state in
            state.last += 1
            return "\(path)/\(state.last)"
        }
    }
}
