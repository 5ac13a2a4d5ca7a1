import Foundation

/// A progress message on a terminal.
enum Progress {
    /// Runs `work`. After one second a terminal shows the activity and its duration, until the work is done.
    static func show<Result: Sendable>(
        _ what: String, _ work: @escaping @Sendable () async throws -> Result
    ) async rethrows -> Result {
        guard isatty(STDERR_FILENO) == 1 else { return try await work() }
        // Leaving the scope cancels the task and waits for it.
        async let _: Void = tick(what)
        return try await work()
    }

    private static func tick(_ what: String) async {
        var seconds = 0
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            seconds += 1
            StandardError.write("\r\(what) … \(seconds) s")
        }
        if seconds > 0 { StandardError.write("\r\u{1B}[K") }
    }
}
