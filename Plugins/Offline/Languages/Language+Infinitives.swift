extension Language.Infinitives {
    /// Returns a title without the particle of its infinitive: "Mama anzurufen" is "Mama anrufen".
    func bare(_ title: String) -> String {
        var words = title.split(separator: " ").map(String.init)
        guard let particle, words.count > 1, let verb = words.last, verb.utf8.count <= 64,
            endings.contains(where: verb.hasSuffix)
        else { return title }
        if words[words.count - 2] == particle {
            words.remove(at: words.count - 2)
        } else if let prefix = prefixes.first(where: { verb.hasPrefix($0 + particle) }),
            verb.utf8.count > prefix.utf8.count + particle.utf8.count + 3
        {
            words[words.count - 1] = prefix + verb.dropFirst(prefix.count + particle.count)
        }
        return words.joined(separator: " ")
    }
}
