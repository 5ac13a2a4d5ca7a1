internal import Text
internal import Yams

/// A reader of YAML text that uses Yams and refuses anchors, aliases and duplicate keys.
struct YAMLReader {
    private static let depthLimit = 16

    private let problems: ProblemLog
    /// The original first scalars of the keys that `mask` changed.
    private var masked: [Unicode.Scalar: Unicode.Scalar] = [:]

    /// Reads a document; returns nil when it cannot be read, with the reason in `problems`.
    static func read(_ text: String, problems: ProblemLog) -> YAMLNode? {
        var reader = YAMLReader(problems: problems)
        guard let (root, parser) = reader.compose(text) else { return nil }
        // Nodes refer weakly to their anchors, which the parser owns.
        return withExtendedLifetime(parser) { reader.convert(root, depth: 0) }
    }

    private init(problems: ProblemLog) { self.problems = problems }

    private mutating func compose(_ text: String) -> (Node, Parser)? {
        // Yams compares the keys of a section, which normalizes them.
        guard !CombiningMarks.areTooMany(in: text) else {
            let line = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { CombiningMarks.areTooMany(in: Substring($0)) }
            problems.add(line.map { TextPosition(line: $0 + 1, column: 1) }, nil, CombiningMarks.violation)
            return nil
        }
        var text = text
        while true {
            do {
                let parser = try Parser(yaml: text, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    problems.add(TextPosition(line: 1, column: 1), nil, "the file is empty")
                    return nil
                }
                return (root, parser)
            } catch YamlError.duplicatedKeysInMapping(_, let context) {
                guard mask(&text, at: context.mark) else {
                    problems.add(TextPosition(context.mark), nil, "duplicate key")
                    return nil
                }
            } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
                YamlError.composer(_, let problem, let mark, _)
            {
                let isAlias = problem == "found undefined alias"
                problems.add(
                    TextPosition(mark), nil,
                    isAlias ? "anchors and aliases are not allowed" : "this is not YAML: \(problem)")
                return nil
            } catch {
                // The description of the error quotes the file, so it is not used.
                problems.add(nil, nil, "this is not YAML: it cannot be decoded")
                return nil
            }
        }
    }

    /// Replaces the first scalar of the duplicate key at `mark` with one for private use.
    ///
    /// Yams stops at the first duplicate key and discards the document. To find all errors in one pass, the document is
    /// read again with a unique key, and `convert` restores the original one.
    private mutating func mask(_ text: inout String, at mark: Mark) -> Bool {
        var scalars = Array(text.unicodeScalars)
        var offset = 0
        var line = 1
        while line < mark.line, let newline = scalars[offset...].firstIndex(of: "\n") {
            offset = newline + 1
            line += 1
        }
        offset += mark.column - 1
        if offset < scalars.count, scalars[offset] == "\"" || scalars[offset] == "'" { offset += 1 }
        guard line == mark.line, offset < scalars.count, masked.count < 16,
            scalars[offset].properties.isAlphabetic || scalars[offset] == "_",
            let standIn = Unicode.Scalar(0xE000 + UInt32(masked.count))
        else { return false }
        masked[standIn] = scalars[offset]
        scalars[offset] = standIn
        text = String(String.UnicodeScalarView(scalars))
        return true
    }

    private func convert(_ node: Node, depth: Int) -> YAMLNode {
        let position = TextPosition(node.mark)
        guard node.anchor == nil else {
            // Nodes below are not read: nested aliases would grow without bound.
            problems.add(position, nil, "anchors and aliases are not allowed")
            return .refused(position)
        }
        guard depth < Self.depthLimit else {
            problems.add(position, nil, "nested too deeply")
            return .refused(position)
        }
        switch node {
        case .scalar(let scalar):
            guard !CombiningMarks.areTooMany(in: scalar.string) else {
                problems.add(position, nil, CombiningMarks.violation)
                return .refused(position)
            }
            return .scalar(text: unmask(scalar.string), isPlain: scalar.style == .plain, position)
        case .sequence(let sequence):
            let elements = sequence.map { convert($0, depth: depth + 1) }
            return elements.contains(where: \.isRefused) ? .refused(position) : .sequence(elements, position)
        case .mapping(let mapping):
            return .mapping(members(of: mapping, depth: depth), position)
        case .alias:
            problems.add(position, nil, "anchors and aliases are not allowed")
            return .refused(position)
        }
    }

    private func members(of mapping: Node.Mapping, depth: Int) -> [YAMLMember] {
        var members: [YAMLMember] = []
        for (key, value) in mapping {
            let position = TextPosition(key.mark)
            guard case .scalar(let scalar) = key, key.anchor == nil else {
                problems.add(position, nil, "a key must be a plain text")
                continue
            }
            let name = unmask(scalar.string)
            guard !CombiningMarks.areTooMany(in: name) else {
                problems.add(position, nil, CombiningMarks.violation)
                continue
            }
            if let first = members.first(where: { $0.name == name }) {
                problems.add(
                    position, nil,
                    "duplicate key \"\(name.prefix(64))\", first used in line \(first.position.line)")
                continue
            }
            let value = convert(value, depth: depth + 1)
            members.append(YAMLMember(name: name, position: position, value: value))
        }
        return members
    }

    private func unmask(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, let original = masked[first] else { return text }
        return String(original) + String(text.unicodeScalars.dropFirst())
    }
}

extension TextPosition {
    fileprivate init(_ mark: Mark?) { self.init(line: mark?.line ?? 1, column: mark?.column ?? 1) }
}
