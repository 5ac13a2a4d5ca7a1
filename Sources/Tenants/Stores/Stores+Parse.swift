import Files

extension Stores {
    /// Reads a file strictly. All problems are found in one pass; a file with problems is not returned.
    package static func read(_ path: String) -> (stores: Stores?, problems: [TenantProblem]) {
        do {
            return parse(try FileContents(path, limit: TenantFile.sizeLimit, followLinks: false).bytes, file: path)
        } catch {
            return (nil, [TenantProblem(file: path, message: error.description)])
        }
    }

    package static func parse(_ bytes: [UInt8], file: String) -> (stores: Stores?, problems: [TenantProblem]) {
        let log = ProblemLog(file: file)
        guard var section = SectionReader.root(bytes, example: "stores", problems: log) else {
            return (nil, log.problems)
        }
        let stores = Stores(&section, problems: log)
        section.finish()
        return log.isEmpty ? (stores, []) : (nil, log.problems)
    }

    private init(_ file: inout SectionReader, problems: ProblemLog) {
        var definitions: [String: Definition] = [:]
        var folder: String?
        if var section = file.section("stores") {
            for (name, position) in section.names {
                guard Self.isName(name) else {
                    section.fail(at: position, name, "must be named with 1 to 63 of a-z, 0-9 and -")
                    _ = section.value(name, "a section") { _ in true }
                    continue
                }
                guard var store = section.section(name) else { continue }
                guard let definition = Self.definition(&store) else { continue }
                if case .sqlite = definition {
                    if let folder { section.fail(name, "is the data folder, as \(folder) is") }
                    folder = name
                }
                definitions[name] = definition
            }
            section.finish()
        } else if !file.names.contains(where: { $0.name == "stores" }) {
            file.fail("stores", "is required")
        }
        let defaultName = file.text("default", length: 1...63)
        if let defaultName, definitions[defaultName] == nil {
            file.fail("default", "is not among the stores\(Suggestion.text(for: defaultName, among: definitions.keys))")
        }
        self.init(definitions: definitions, defaultName: defaultName)
    }

    private static func definition(_ section: inout SectionReader) -> Definition? {
        let engines = ["sqlite", "postgresql"]
        let engine = section.value("engine", engines.joined(separator: " or ")) { node in
            node.text.flatMap { engines.contains($0) ? $0 : nil }
        }
        switch engine {
        case "sqlite":
            section.finish()
            return .sqlite
        case "postgresql":
            let database = PostgresDefinition(&section)
            section.finish()
            return .postgresql(database)
        default:
            if !section.names.contains(where: { $0.name == "engine" }) {
                section.fail("engine", "is required: \(engines.joined(separator: " or "))")
            }
            return nil
        }
    }

    private static func isName(_ name: String) -> Bool {
        (1...63).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
