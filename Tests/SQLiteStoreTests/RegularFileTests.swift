import Foundation
import StoreTesting
import TestSupport
import Testing

@testable import SQLiteStore
@testable import TodoStore

@Suite struct RegularFileTests {
    private static let notRegular = StoreError.unavailable(reason: "it is not a regular file")

    @Test("Links, pipes, devices and folders are refused at once, and so is what is too large")
    func refuses() async throws {
        try await TemporaryFolder.with { folder in
            let file = folder["file"]
            try Data(repeating: 7, count: 300_000).write(to: URL(filePath: file))
            try FileManager.default.createSymbolicLink(atPath: folder["link"], withDestinationPath: file)
            #expect(mkfifo(folder["pipe"], 0o600) == 0)
            for path in [folder["link"], folder["pipe"], "/dev/zero", folder[""]] {
                #expect(throws: Self.notRegular, "\(path)") { try RegularFile(path) }
                #expect(throws: Self.notRegular, "\(path)") { try DatabaseCopy(path: path) }
            }
            #expect(throws: StoreError.quotaExceeded(.bytes)) { try RegularFile(file, maximum: 299_999) }
            #expect(throws: StoreError.self) { try RegularFile(folder["none"]) }
            try RegularFile(file, maximum: 300_000).copy(to: folder["copy"])
            #expect(FileManager.default.contentsEqual(atPath: file, andPath: folder["copy"]))
            // Nothing is overwritten.
            #expect(throws: StoreError.self) { try RegularFile(file).copy(to: folder["copy"]) }
        }
    }

    @Test("What a log belongs to is no copy", arguments: ["-wal", "-journal"])
    func log(suffix: String) async throws {
        try await StoreFixture.run { fixture in
            _ = try await fixture.store.write(StoreFixture.alice) { try $0.addTodo(.titled("a"), origin: .user) }
            let path = fixture.folder + "/copy"
            _ = try await fixture.store.snapshot(of: StoreFixture.alice, to: path)
            try DatabaseCopy(path: path).close()
            try Data([1]).write(to: URL(filePath: path + suffix))
            #expect(throws: StoreError.self) { try DatabaseCopy(path: path) }
        }
    }
}
