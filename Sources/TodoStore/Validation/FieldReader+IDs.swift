package import JSON

extension FieldReader {
    /// The id of an item; nil for absent, null and wrong.
    package mutating func id(_ name: String) -> Int? { integer(name).flatMap { checked($0, name) } }

    /// Same as `id`, but absent and null are errors.
    package mutating func requiredID(_ name: String) -> Int? {
        required(name, \.integer, "a whole number").flatMap { checked($0, name) }
    }

    private mutating func checked(_ id: Int, _ name: String) -> Int? {
        guard ItemID.range.contains(id) else {
            fail(name, "must be from \(ItemID.range.lowerBound) to \(ItemID.range.upperBound)")
            return nil
        }
        return id
    }

    /// Ids of tasks, each once, in the order in which they were given; nil for absent, null and wrong.
    package mutating func taskIDs(_ name: String) -> [Int]? {
        let ids = optional(
            name,
            { value in
                value.array.flatMap { elements in
                    let ids = elements.compactMap(\.integer)
                    return ids.count == elements.count ? ids : nil
                }
            }, "an array of whole numbers")
        guard let ids else { return nil }
        guard (1...1000).contains(ids.count) else {
            fail(name, "must have 1 to 1000 elements")
            return nil
        }
        guard ids.allSatisfy(ItemID.range.contains) else {
            fail(name, "must have elements from \(ItemID.range.lowerBound) to \(ItemID.range.upperBound)")
            return nil
        }
        var seen: Set<Int> = []
        return ids.filter { seen.insert($0).inserted }
    }
}
