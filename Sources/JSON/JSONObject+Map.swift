import Text

extension JSONObject {
    /// Returns the members with mapped names and values. If names become equal, the first member is kept.
    package func mapMembers(name: (String) -> String, value: (JSONValue) -> JSONValue) -> JSONObject {
        var names: Set<ByteText> = []
        var mapped: [Member] = []
        mapped.reserveCapacity(members.count)
        for member in members {
            let name = name(member.name)
            if names.insert(ByteText(name)).inserted { mapped.append(Member(name: name, value: value(member.value))) }
        }
        return JSONObject(uniqueMembers: mapped)
    }
}
