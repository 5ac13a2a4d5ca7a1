import Files
import Time

/// A reader of a section. Invalid values and unknown keys are problems, all found in one pass.
struct SectionReader {
    /// The position and path of the section. The path of the file itself is empty.
    let position: TextPosition
    private let path: String
    private let members: [YAMLMember]
    private let problems: ProblemLog
    private var known: [String] = []

    /// Returns a reader of a whole file; nil when it is not YAML with keys such as `example`, with the reason in `problems`.
    static func root(_ bytes: [UInt8], example: String, problems: ProblemLog) -> SectionReader? {
        guard bytes.count <= TenantFile.sizeLimit else {
            problems.add(nil, nil, "is larger than \(ByteSize.text(TenantFile.sizeLimit))")
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems.add(nil, nil, "is not UTF-8")
            return nil
        }
        guard let root = YAMLReader.read(text, problems: problems) else { return nil }
        guard case .mapping(let members, let position) = root else {
            if !root.isRefused { problems.add(root.position, nil, "must be a section with keys such as \(example)") }
            return nil
        }
        return SectionReader(members, path: "", position: position, problems: problems)
    }

    init(_ members: [YAMLMember], path: String, position: TextPosition, problems: ProblemLog) {
        self.members = members
        self.path = path
        self.position = position
        self.problems = problems
    }

    /// Returns the full path of a key, as used in problems.
    func path(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Returns the position of a member's value, or of the section if it has no such member.
    func position(of key: String) -> TextPosition { member(key)?.value.position ?? position }

    /// Reads a member with `convert`; `expected` completes "must be …". Messages never repeat a value, which may be
    /// secret.
    mutating func value<T>(_ key: String, _ expected: String, _ convert: (YAMLNode) -> T?) -> T? {
        value(key, violation: "must be \(expected)", convert)
    }

    /// Reads a member with `convert`; `violation` is the message when it returns nil.
    mutating func value<T>(_ key: String, violation: String, _ convert: (YAMLNode) -> T?) -> T? {
        known.append(key)
        guard let member = member(key), !member.value.isRefused else { return nil }
        guard let value = convert(member.value) else {
            fail(key, violation)
            return nil
        }
        return value
    }

    mutating func text(_ key: String, length: ClosedRange<Int>) -> String? {
        value(key, "text of \(length.lowerBound) to \(length.upperBound) characters") { node in
            guard let text = node.text, length.contains(text.unicodeScalars.count) else { return nil }
            let isClean = text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\t"
            }
            return isClean ? text : nil
        }
    }

    mutating func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        value(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { node in
            guard case .scalar(let text, true, _) = node, let number = Int(text), range.contains(number) else {
                return nil
            }
            return number
        }
    }

    mutating func bool(_ key: String) -> Bool? {
        value(key, "true or false") { node in
            guard case .scalar(let text, true, _) = node else { return nil }
            return Bool(text)
        }
    }

    mutating func duration(_ key: String, _ range: ClosedRange<Duration>) -> Duration? {
        let (least, most) = (range.lowerBound.unitText, range.upperBound.unitText)
        return value(key, "a duration such as 500ms, 3s, 2m, 1h or 30d, from \(least) to \(most)") { node in
            node.text.flatMap { Duration(units: $0) }.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func size(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        let (least, most) = (ByteSize.text(range.lowerBound), ByteSize.text(range.upperBound))
        return value(key, "a size such as 64KB or 1MB, from \(least) to \(most)") { node in
            node.text.flatMap { ByteSize.parse($0) }.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Reads a list of texts with their positions.
    mutating func texts(_ key: String, limit: Int) -> [(text: String, position: TextPosition)]? {
        value(key, "a list of at most \(limit) texts") { node in
            guard case .sequence(let elements, _) = node, elements.count <= limit else { return nil }
            let texts = elements.compactMap { element in element.text.map { ($0, element.position) } }
            return texts.count == elements.count ? texts : nil
        }
    }

    /// Reads the section of a key; nil when it is absent or not a section.
    mutating func section(_ key: String) -> SectionReader? {
        let members: [YAMLMember]? = value(key, "a section") { node in
            if case .mapping(let members, _) = node { members } else { nil }
        }
        return members.map {
            SectionReader($0, path: path(key), position: member(key)?.position ?? position, problems: problems)
        }
    }

    /// The names of all members with their positions.
    var names: [(name: String, position: TextPosition)] { members.map { ($0.name, $0.position) } }

    /// Adds a problem at the value of a key or, if it has none, at the section.
    func fail(_ key: String, _ message: String) { problems.add(position(of: key), path(key), message) }

    func fail(at position: TextPosition, _ key: String, _ message: String) {
        problems.add(position, path(key), message)
    }

    /// Adds a problem for each member that was not read.
    func finish() {
        for member in members where !known.contains(member.name) {
            let suggestion = Suggestion.text(for: member.name, among: known)
            problems.add(
                member.position, path.isEmpty ? nil : path, "unknown key \"\(member.name.prefix(64))\"\(suggestion)")
        }
    }

    private func member(_ key: String) -> YAMLMember? { members.first { $0.name == key } }
}
