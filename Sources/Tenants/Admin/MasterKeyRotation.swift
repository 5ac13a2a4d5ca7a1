/// A rotation of the master key: a new key that replaces older ones.
package struct MasterKeyRotation: Sendable {
    package let file: MasterKeyFile
    /// The keys, beginning with the new one.
    let keys: [MasterKey]
    /// Whether this continues an interrupted rotation.
    package let isResumed: Bool

    package var newKeyID: String { keys.first?.id ?? "" }
    package var oldKeyIDs: [String] { keys.dropFirst().map(\.id) }
}
