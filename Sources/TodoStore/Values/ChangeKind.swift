/// What a change did to its task.
package enum ChangeKind: String, CaseIterable, Sendable {
    case created, updated, completed, reopened, deleted
}
