/// A collector of all problems of one file, so that an operator sees them at once.
final class ProblemLog {
    private let file: String
    private var found: [TenantProblem] = []

    init(file: String) { self.file = file }

    func add(_ position: TextPosition?, _ key: String?, _ message: String) {
        let problem = TenantProblem(file: file, position: position, key: key, message: message)
        // An alias has the position of its anchor and would repeat the problem.
        if !found.contains(problem) { found.append(problem) }
    }

    var isEmpty: Bool { found.isEmpty }

    /// The problems, sorted by position.
    var problems: [TenantProblem] {
        found.sorted {
            ($0.position?.line ?? 0, $0.position?.column ?? 0) < ($1.position?.line ?? 0, $1.position?.column ?? 0)
        }
    }
}
