import Foundation
import Logging
import NIOPosix
import SQLiteStore
import StoreTesting
import Testing

@testable import PostgresStore
@testable import TodoStore

/// The same random operations on both backends, with an equal answer or an equal error of each.
@Suite(.serialized) struct DifferentialTests {
    @Test("Ten thousand random operations have equal answers in SQLite and PostgreSQL", arguments: [1, 2, 3, 4, 5])
    func agree(seed: UInt64) async throws {
        try await PostgresFixture.run { fixture in
            let folder = NSTemporaryDirectory() + "differential-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let sqlite = UserDatabases(
                configuration: StoreConfiguration(folder: folder), threadPool: fixture.threadPool,
                logger: .silent, now: fixture.clock.read)
            do {
                try await compare(sqlite, fixture, seed)
            } catch {
                await sqlite.close()
                throw error
            }
            await sqlite.close()
        }
    }

    private func compare(_ sqlite: any UserStore, _ fixture: PostgresFixture, _ seed: UInt64) async throws {
        var generator = OperationGenerator(seed: seed)
        var successes: [Substring: Int] = [:]
        for number in 1...2000 {
            var operations = [generator.next()]
            if number.isMultiple(of: 50) { operations += OperationGenerator.everything }
            for operation in operations {
                let expected = await outcome(operation, sqlite)
                let found = await outcome(operation, fixture.store)
                try #require(found == expected, "operation \(number): \(operation.name)")
                let kind = operation.name.prefix { $0 != " " }
                successes[kind, default: 0] += expected.hasPrefix("error") || expected == "empty" ? 0 : 1
                // A cursor is the only long run of its alphabet at the end of an answer.
                let tail = expected.suffix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
                if tail.utf8.count > 12, !tail.hasPrefix("nil") {
                    generator.cursors = Array((generator.cursors + [String(tail)]).suffix(24))
                }
            }
            if number.isMultiple(of: 7) { fixture.clock.advance(seconds: number % 11 == 0 ? 700 : 20) }
        }
        // Or nothing is compared but errors.
        for (kind, count) in successes { #expect(count >= 5, "\(kind)") }
    }

    private func outcome(_ operation: Operation, _ store: any UserStore) async -> String {
        do {
            return try await operation.run(store)
        } catch {
            return "error \(error)"
        }
    }
}

extension String {
    /// The longest end of which each character fulfils a condition.
    fileprivate func suffix(while condition: (Character) -> Bool) -> Substring {
        var start = endIndex
        while start > startIndex, condition(self[index(before: start)]) { formIndex(before: &start) }
        return self[start...]
    }
}
