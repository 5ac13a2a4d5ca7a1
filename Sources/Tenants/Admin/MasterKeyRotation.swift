/// A new master key on its way to take the place of older ones.
package struct MasterKeyRotation: Sendable {
    package let file: MasterKeyFile
    /// The new key first.
    let keys: [MasterKey]
    /// Whether it goes on with a rotation that had not come to its end.
    package let isResumed: Bool

    package var newKeyID: String { keys.first?.id ?? "" }
    package var oldKeyIDs: [String] { keys.dropFirst().map(\.id) }
}
