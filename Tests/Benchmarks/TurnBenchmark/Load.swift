import AsyncHTTPClient
import Synchronization

/// The load of many concurrent chats, each with one turn after another, by alternating users.
struct Load {
    let url: String
    let users: [ChatUser]
    let turns: Int
    let chats: Int
    let type: String

    /// Prints the total seconds, and the median and 99th percentile of the turns in milliseconds.
    func run() async throws {
        let numbers = TurnNumbers(self.turns)
        let client = ChatUser.makeClient()
        let clock = ContinuousClock()
        let start = clock.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<self.chats {
                group.addTask {
                    var times: [Duration] = []
                    while let number = numbers.next() {
                        let user = self.users[number % self.users.count]
                        times.append(
                            try await clock.measure {
                                try await user.chat(at: self.url, type: self.type, by: client)
                            })
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let seconds = clock.now - start
        try await client.shutdown()
        print(seconds / .seconds(1), times.percentile(50), times.percentile(99))
    }
}

/// A source of turn numbers, until all turns are taken.
private final class TurnNumbers: Sendable {
    private let count: Int
    private let given = Mutex(0)

    init(_ count: Int) { self.count = count }

    func next() -> Int? {
        self.given.withLock { given in
            guard given < self.count else { return nil }
            given += 1
            return given - 1
        }
    }
}

extension [Duration] {
    /// Returns a percentile in milliseconds.
    func percentile(_ percent: Int) -> Double {
        self.isEmpty ? 0 : self.sorted()[(self.count - 1) * percent / 100] / .milliseconds(1)
    }
}
