import Text

extension JSONObject {
    /// The members under other names and with other values; of those whose names become equal the first is kept.
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
