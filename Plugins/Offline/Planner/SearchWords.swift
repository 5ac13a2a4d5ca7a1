/// The search words for a title, without articles, which the task's title may lack.
enum SearchWords {
    static func of(_ title: String) -> String {
        let words = title.split(whereSeparator: \.isWhitespace)
        let telling = words.filter { $0.utf8.count > 8 || !FilterWords.determiners.contains($0.lowercased()) }
        return (telling.isEmpty ? words : telling).joined(separator: " ")
    }
}
