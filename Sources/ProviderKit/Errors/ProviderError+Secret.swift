import Secrets

extension ProviderError {
    /// Returns the error with everything in its detail masked that looks like a part of `secret`, because providers
    /// repeat keys, completely or in part.
    func withoutSecret(_ secret: Secret?) -> ProviderError {
        guard let key = secret?.revealed(), !key.isEmpty else { return self }
        var masked = ""
        var word = ""
        for character in detail.replacing(key, with: Self.mask) {
            if character.isLetter || character.isNumber || "-_*.…".contains(character) {
                word.append(character)
            } else {
                masked += Self.mask(word, key)
                masked.append(character)
                word = ""
            }
        }
        masked += Self.mask(word, key)
        return ProviderError(kind, masked, retryAfter: retryAfter, status: status, isRetryable: isRetryable)
    }

    private static let mask = "[key]"

    private static func mask(_ word: String, _ key: String) -> String {
        guard word.count >= 4 else { return word }
        let isPart =
            word.contains("*") || word.contains("…") || word.hasPrefix(key.prefix(6)) || word.hasSuffix(key.suffix(4))
            || key.hasPrefix(word) || key.contains(word) && word.count >= 6
        return isPart ? mask : word
    }
}
