import Foundation
import Testing

/// Rules of the source text that the compiler and swift-format do not check.
@Suite struct SourceTextTests {
    /// The maximum length of a file, in lines.
    private static let maximumLines = 300
    /// Words that begin a doc comment which is neither a noun phrase nor a verb phrase.
    private static let refusedWords: Set<String> = ["What", "Who", "It", "So", "That", "Where", "As"]

    /// A Swift file of the package, with its path below the package's folder.
    private struct File {
        let path: String
        let lines: [Substring]

        /// The module of a path such as `Sources/JSON/JSONValue.swift`.
        var module: Substring { path.split(separator: "/")[1] }
    }

    private static func files(in folders: String...) throws -> [File] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        let paths = folders.flatMap { folder -> [String] in
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            return (names?.compactMap { $0 as? String } ?? []).map { "\(folder)/\($0)" }
        }
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            return File(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    @Test("A doc comment begins with a noun or a verb")
    func summaries() throws {
        var found: [String] = []
        for file in try Self.files(in: "Sources", "Plugins") {
            var isInside = false
            for (number, line) in file.lines.enumerated() {
                let text = line.drop { $0 == " " }
                defer { isInside = text.hasPrefix("///") }
                guard !isInside, text.hasPrefix("/// ") else { continue }
                let word = text.dropFirst(4).prefix { $0.isLetter }
                if Self.refusedWords.contains(String(word)) { found.append("\(file.path):\(number + 1): \(text)") }
            }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("A file has at most 300 lines")
    func lengths() throws {
        let files = try Self.files(in: "Sources", "Plugins")
        #expect(files.count > 100)
        // The last line of a file ends with a newline.
        let long = files.filter { $0.lines.count - 1 > Self.maximumLines }.map(\.path)
        #expect(long.isEmpty, "\(long.joined(separator: "\n"))")
    }

    @Test("No two modules have a top-level type of the same name")
    func names() throws {
        let declaration = #/^(?:package |public |final |indirect )*(?:struct|class|enum|actor|protocol) (\w+)/#
        var modules: [Substring: Set<Substring>] = [:]
        for file in try Self.files(in: "Sources") {
            for line in file.lines {
                guard let match = line.prefixMatch(of: declaration) else { continue }
                modules[match.1, default: []].insert(file.module)
            }
        }
        let repeated = modules.filter { $0.value.count > 1 }.keys.sorted()
        #expect(repeated.isEmpty, "\(repeated.map { "\($0): \(modules[$0, default: []].sorted())" })")
    }
}
