/// The statements up to one Sync, or the preparation of some.
struct Segment {
    /// The statements that are prepared in a segment of their own before this one, so that an error among the statements
    /// does not take the preparation along.
    var prepared: [String] = []
    var effects: [Statement.Effect] = []
    /// Whether the end of the segment may commit a change.
    var mayCommit = false
}
