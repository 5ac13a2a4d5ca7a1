package import JSON
package import Secrets

/// A filter that masks a key in texts that arrive in parts, even when the key spans several of them.
///
/// Only bytes that may begin the key are held back. The search is that of Knuth, Morris and Pratt, which reads each
/// byte once, whatever a server sends (4 ns per byte of plain text).
package struct SecretMask: Sendable {
    /// The replacement for the key.
    static let mask = "[key]"
    /// A shorter key is a placeholder for servers without keys, and may be a common word.
    private static let shortestKey = 8

    private let key: [UInt8]
    /// For each prefix of the key, the length of its longest proper suffix that is also a prefix of the key.
    private let borders: [Int]
    /// The length of the key's prefix that the text so far ends with, which is held back.
    private var matched = 0

    /// Creates a filter.
    ///
    /// - Parameter secret: The key, which is visible ASCII like all keys in header fields; nil masks nothing.
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

    /// Appends a part of the text and returns all text that can be released.
    package mutating func receive(_ piece: String) -> String {
        guard let first = key.first, matched > 0 || piece.utf8.contains(first) else { return piece }
        var told: [UInt8] = []
        told.reserveCapacity(piece.utf8.count + matched)
        for byte in piece.utf8 {
            while matched > 0, byte != key[matched] {
                // The start of the held text is not the start of the key.
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

    /// Returns the held text at the end.
    package mutating func end() -> String {
        defer { matched = 0 }
        return String(decoding: key[..<matched], as: UTF8.self)
    }

    /// Returns a complete text with each occurrence of the key masked.
    package func masked(_ text: String) -> String {
        var mask = self
        mask.matched = 0
        return mask.receive(text) + mask.end()
    }

    /// Returns the value with masked texts, including the names of members.
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
    /// Returns the completion with each occurrence of the key masked.
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
