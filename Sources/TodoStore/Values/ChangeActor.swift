/// The author of a change.
package enum ChangeActor: String, CaseIterable, Sendable {
    case user, assistant
    case `import`
}
