/// The identity of a time series: its name and labels, made of the characters that Prometheus allows.
struct Series: Hashable, Sendable {
    let name: String
    let labels: [Label]

    struct Label: Hashable, Sendable {
        let name: String
        let value: String
    }

    init(_ name: String, _ dimensions: [(String, String)]) {
        self.name = Self.identifier(name, allowsColon: true)
        labels = dimensions.map { Label(name: Self.identifier($0, allowsColon: false), value: $1) }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    }

    /// Replaces all characters outside `[a-zA-Z_:][a-zA-Z0-9_:]*` (without the colon for labels) with underscores.
    private static func identifier(_ text: String, allowsColon: Bool) -> String {
        var identifier = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": identifier.unicodeScalars.append(scalar)
            case "0"..."9" where !identifier.isEmpty: identifier.unicodeScalars.append(scalar)
            case ":" where allowsColon: identifier.unicodeScalars.append(scalar)
            default: identifier += "_"
            }
        }
        return identifier.isEmpty ? "_" : identifier
    }

    /// Returns `{a="b",c="d"}`, or an empty string without labels.
    func labelText(and extra: Label? = nil) -> String {
        let all = labels + (extra.map { [$0] } ?? [])
        guard !all.isEmpty else { return "" }
        return "{" + all.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
