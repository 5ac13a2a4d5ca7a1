import Postgres

extension Statement {
    /// All statements for the rows of one user: each names the account, in addition to row security.
    static let catalogue: [Statement] =
        accounts + todos + journal + talk + turnsAndSteps + requests + administration
}
