/// The reason why bytes are not an accepted JSON document.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        case tooLarge = "the document is too large"
        case tooDeep = "the document is nested too deeply"
        case tooManyValues = "the document has too many values"
        case unexpectedEnd = "the document is incomplete"
        case unexpectedByte = "unexpected character"
        case trailingBytes = "there is data after the document"
        case duplicateMember = "an object has a duplicate member"
        case invalidNumber = "invalid number"
        case invalidString = "invalid string"
        case invalidUTF8 = "invalid UTF-8"
    }

    package let reason: Reason
    /// The number of bytes before the error.
    package let offset: Int

    package init(_ reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason and the offset, without content of the document, which may be secret.
    package var description: String { "\(reason.rawValue) at byte \(offset)" }
}
