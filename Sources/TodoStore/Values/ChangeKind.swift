/// The effect of a change on its task.
package enum ChangeKind: String, CaseIterable, Sendable {
    case created, updated, completed, reopened, deleted
}
