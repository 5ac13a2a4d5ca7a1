/// A search for the word that was probably meant.
package enum Suggestion {
    /// Returns `, did you mean "model"?`, or an empty text when no word is similar.
    static func text(for word: String, among words: some Sequence<String>) -> String {
        let limit = max(1, min(3, word.count / 3))
        let near = words.map { ($0, distance(word, $0)) }.filter { $0.1 <= limit }.min { $0.1 < $1.1 }
        return near.map { ", did you mean \"\($0.0)\"?" } ?? ""
    }

    /// Returns the most similar words, beginning with those that contain a part of `word`.
    package static func nearest(to word: String, among words: some Sequence<String>, count: Int) -> [String] {
        let part = word.split(separator: "/").last.map(String.init)?.lowercased() ?? word.lowercased()
        let ranked = words.map { name in
            (name: name, distance: distance(word, name), isPart: name.lowercased().contains(part))
        }
        .filter { $0.isPart || $0.distance <= max(3, word.count / 2) }
        .sorted { ($0.isPart ? 0 : 1, $0.distance, $0.name) < ($1.isPart ? 0 : 1, $1.distance, $1.name) }
        return ranked.prefix(count).map(\.name)
    }

    /// Returns the number of letters to insert, delete, replace or swap with a neighbour (Damerau-Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.lowercased().prefix(64)), Array(right.lowercased().prefix(128)))
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
