import Foundation

/// A progress bar on a terminal; elsewhere it prints nothing.
struct ProgressBar {
    private let isShown = isatty(STDERR_FILENO) == 1
    private var shownAt = ContinuousClock.now
    private var isDrawn = false

    /// Shows the progress.
    ///
    /// - Parameter what: The current activity, in the singular.
    mutating func show(_ done: Int, of total: Int, _ what: String) {
        let now = ContinuousClock.now
        guard isShown, now - shownAt > .milliseconds(100) else { return }
        shownAt = now
        isDrawn = true
        let filled = total > 0 ? Self.width * done / total : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        StandardError.write("\r[\(bar)] \(done)/\(total) \(what)\u{1B}[K")
    }

    /// Erases the bar.
    func end() {
        if isDrawn { StandardError.write("\r\u{1B}[K") }
    }

    private static let width = 30
}
