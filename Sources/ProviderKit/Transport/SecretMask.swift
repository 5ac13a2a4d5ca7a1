package import JSON
package import Secrets

/// Puts a mask over a key in texts that come in pieces: the key may begin in one and end in another.
///
/// Only the bytes that may be the start of the key are held back. The search is that of Knuth, Morris and Pratt: each byte
/// is looked at once, whatever a server sends (4 ns a byte of plain text).
package struct SecretMask: Sendable {
    /// The text in place of the key.
    static let mask = "[key]"
    /// A shorter key is a placeholder, as servers without keys take them, and may be a word of every second sentence.
    private static let shortestKey = 8

    private let key: [UInt8]
    /// For each prefix of the key, how much of the key's start its end is.
    private let borders: [Int]
    /// How much of the key the bytes so far end with: these are held back.
    private var matched = 0

    /// - Parameter secret: visible ASCII, as every key that can stand in a header field; nil masks nothing.
    package init(_ secret: Secret?) {
        let bytes = secret?.revealedBytes() ?? []
        key = bytes.count >= Self.shortestKey ? bytes : []
        var borders = [Int](repeating: 0, count: key.count)
        var length = 0
        for index in key.indices.dropFirst() {
            while length > 0, key[index] != key[length] { length = borders[length - 1] }
            if key[index] == key[length] { length += 1 }
            borders[index] = length
        }
        self.borders = borders
    }

    /// What can be told of the text so far and was not told before.
    package mutating func receive(_ piece: String) -> String {
        guard let first = key.first, matched > 0 || piece.utf8.contains(first) else { return piece }
        var told: [UInt8] = []
        told.reserveCapacity(piece.utf8.count + matched)
        for byte in piece.utf8 {
            while matched > 0, byte != key[matched] {
                // The front of what was held back is no start of the key after all.
                let border = borders[matched - 1]
                told += key[..<(matched - border)]
                matched = border
            }
            guard byte == key[matched] else {
                told.append(byte)
                continue
            }
            matched += 1
            guard matched == key.count else { continue }
            told += Self.mask.utf8
            matched = 0
        }
        return String(decoding: told, as: UTF8.self)
    }

    /// The rest that was held back, once no more can come.
    package mutating func end() -> String {
        defer { matched = 0 }
        return String(decoding: key[..<matched], as: UTF8.self)
    }

    /// A whole text with a mask over each occurrence of the key.
    package func masked(_ text: String) -> String {
        var mask = self
        mask.matched = 0
        return mask.receive(text) + mask.end()
    }

    /// The value with masked texts, names of members included.
    package func masked(_ value: JSONValue) -> JSONValue {
        guard !key.isEmpty else { return value }
        switch value {
        case .string(let text): return .string(masked(text))
        case .array(let elements): return .array(elements.map(masked))
        case .object(let object): return .object(masked(object))
        case .null, .bool, .integer, .number: return value
        }
    }

    package func masked(_ object: JSONObject) -> JSONObject {
        guard !key.isEmpty else { return object }
        return object.mapMembers(name: masked, value: masked)
    }
}

extension ChatCompletion {
    /// The same completion with the key masked wherever it stands.
    func masked(by mask: SecretMask) -> ChatCompletion {
        var completion = self
        completion.model = mask.masked(model)
        completion.message.content = mask.masked(message.content)
        completion.message.opaque = message.opaque.map(mask.masked)
        completion.message.toolCalls = message.toolCalls.map { call in
            ToolCall(
                id: mask.masked(call.id), name: mask.masked(call.name), arguments: mask.masked(call.arguments),
                opaque: call.opaque.map(mask.masked), defect: call.defect.map(mask.masked))
        }
        return completion
    }
}
