import Foundation

/// Says on a terminal that a command still works.
enum Progress {
    /// Runs `work`; after the first second it shows what goes on and for how long, and wipes that away in the end.
    static func show<Result: Sendable>(
        _ what: String, _ work: @escaping @Sendable () async throws -> Result
    ) async rethrows -> Result {
        guard isatty(STDERR_FILENO) == 1 else { return try await work() }
        // Leaving the scope cancels it and waits for it.
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
