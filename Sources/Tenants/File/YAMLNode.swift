/// A YAML document as allowed in tenant files: mappings with text keys, sequences and scalars, with their positions.
indirect enum YAMLNode {
    case scalar(text: String, isPlain: Bool, TextPosition)
    case sequence([YAMLNode], TextPosition)
    case mapping([YAMLMember], TextPosition)
    /// A node that is not allowed and was already reported.
    case refused(TextPosition)

    var position: TextPosition {
        switch self {
        case .scalar(_, _, let position), .sequence(_, let position), .mapping(_, let position),
            .refused(let position):
            position
        }
    }

    var isRefused: Bool {
        if case .refused = self { true } else { false }
    }

    /// The text of a scalar that is not null.
    var text: String? {
        if case .scalar(let text, _, _) = self, !isNull { text } else { nil }
    }

    var isNull: Bool {
        if case .scalar(let text, true, _) = self { ["", "~", "null", "Null", "NULL"].contains(text) } else { false }
    }
}

/// A key of a mapping, with its position and value.
struct YAMLMember {
    let name: String
    let position: TextPosition
    let value: YAMLNode
}
