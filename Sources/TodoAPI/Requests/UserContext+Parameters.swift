import Hummingbird
import TodoStore

extension UserContext {
    /// Reads the id in the path. A segment that cannot be an id gives 404.
    func id(of item: String) throws -> Int {
        guard let text = parameters.get("id"), let id = Int(text), ItemID.range.contains(id), String(id) == text else {
            throw Problem(.notFound, "There is no such \(item).")
        }
        return id
    }
}
