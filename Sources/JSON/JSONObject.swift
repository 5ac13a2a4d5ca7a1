import Text

/// The members of a JSON object in their order. Names are unique. Lookup is linear, because objects here are small.
package struct JSONObject: Sendable {
    package struct Member: Sendable {
        package let name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var members: [Member]

    package init() { members = [] }

    /// Creates an object; of several equal names the last one is used.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (name, value) in members { self[name] = value }
    }

    /// Creates an object from members that the parser has checked to be unique.
    init(uniqueMembers: [Member]) { members = uniqueMembers }

    package var isEmpty: Bool { members.isEmpty }

    package var names: [String] { members.map(\.name) }

    /// The value of the member whose name has the same bytes.
    package subscript(name: String) -> JSONValue? {
        get { index(of: name).map { members[$0].value } }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Removes and returns the string of a member, leaving an empty one in its place, so that the caller can append to
    /// it without a copy.
    package mutating func takeString(_ name: String) -> String? {
        guard let index = index(of: name), case .string(let text) = members[index].value else { return nil }
        members[index].value = .string("")
        return text
    }

    private func index(of name: String) -> Int? {
        let count = name.utf8.count
        return members.firstIndex { $0.name.utf8.count == count && $0.name.equalsBytes(of: name) }
    }
}

extension JSONObject: Hashable {
    /// The number of members up to which a linear search is faster than an index.
    private static let few = 16

    /// Compares without regard to the order of members (RFC 8259, section 4), in linear time.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        // Copies of one object have their members in the same order.
        if zip(left.members, right.members).allSatisfy({ $0.name.equalsBytes(of: $1.name) }) {
            return zip(left.members, right.members).allSatisfy { $0.value == $1.value }
        }
        guard left.members.count > few else { return left.members.allSatisfy { right[$0.name] == $0.value } }
        var places: [ByteText: Int] = [:]
        places.reserveCapacity(right.members.count)
        for (place, member) in right.members.enumerated() { places[ByteText(member.name)] = place }
        return left.members.allSatisfy { member in
            places[ByteText(member.name)].map { right.members[$0].value == member.value } ?? false
        }
    }

    package func hash(into hasher: inout Hasher) {
        // A sum, because it does not depend on the order.
        var sum = 0
        for member in members {
            var hasher = Hasher()
            member.hash(into: &hasher)
            sum &+= hasher.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(sum)
    }
}

extension JSONObject.Member: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.name.equalsBytes(of: right.name) && left.value == right.value
    }

    package func hash(into hasher: inout Hasher) {
        name.hashBytes(into: &hasher)
        hasher.combine(value)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
