import Text

/// A problem in a tenant's folder: its location and a fix. It never contains a secret or a part of one.
package struct TenantProblem: Error, Hashable, Sendable {
    package let file: String
    /// The position in the file; nil when the problem concerns the whole file.
    package let position: TextPosition?
    /// The path of the key, such as `limits.users`.
    package let key: String?
    package let message: String

    package init(file: String, position: TextPosition? = nil, key: String? = nil, message: String) {
        self.file = file
        self.position = position
        // Both may quote names and values of the file.
        self.key = key?.printable()
        self.message = message.printable(limit: 1000)
    }
}

extension TenantProblem: CustomStringConvertible {
    /// `file:line:column: key: message`.
    package var description: String {
        let file = file.printable(limit: 4096)
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        return [place, key, message].compactMap(\.self).joined(separator: ": ")
    }
}

/// A line and a column, both from 1; columns count Unicode scalars.
package struct TextPosition: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
