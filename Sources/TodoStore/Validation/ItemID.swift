/// The ids of tasks, conversations, messages, turns and changes.
package enum ItemID {
    /// The numbers that an id can be: positive, and whole for every reader of JSON, also one that keeps numbers as
    /// doubles. Differences and sums of two of them do not overflow.
    package static let range = 1...(1 << 53)
}
