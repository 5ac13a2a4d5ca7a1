/// The state of a turn.
package enum TurnStatus: String, CaseIterable, Sendable {
    case running, done, interrupted, failed
}
