import Hummingbird
import TodoStore

extension UserContext {
    /// The id in the path; anything that cannot be an id is simply not there.
    func id(of item: String) throws -> Int {
        guard let text = parameters.get("id"), let id = Int(text), ItemID.range.contains(id), String(id) == text else {
            throw Problem(.notFound, "There is no such \(item).")
        }
        return id
    }
}
