import Text
import TodoStore

extension UserTransaction {
    /// The number of open tasks that are compared.
    private static let compared = 100
    /// The number of words of a message that are compared.
    private static let mostWords = 64

    /// Returns the open tasks whose titles share most words with a text, then the newest ones.
    func tasksLike(_ text: String, limit: Int) throws -> [Todo] {
        let open = try todos(
            TodoQuery(
                status: .pending, sort: TodoQuery.Sort(.id, descending: true), limit: Self.compared)
        ).items
        let words = Set(Self.stems(of: text).prefix(Self.mostWords))
        let counted = open.map { todo in
            (shared: Set(Self.stems(of: todo.title)).intersection(words).count, todo: todo)
        }
        let ranked = counted.sorted { ($0.shared, $0.todo.id) > ($1.shared, $1.todo.id) }
        return ranked.prefix(limit).map(\.todo).sorted { $0.id < $1.id }
    }

    /// The first letters of the words of a text, which endings do not change.
    private static func stems(of text: String) -> [Substring] {
        text.prefix(bytes: 1000).folded.split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 2 }.map {
            $0.prefix(5)
        }
    }
}
