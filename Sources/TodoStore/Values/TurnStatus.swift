/// What became of a turn.
package enum TurnStatus: String, Sendable {
    case running, done, interrupted, failed
}
