internal import Foundation
internal import JSON
internal import ProviderKit

extension ChainReader {
    /// The section of one provider.
    struct Section {
        private static let silence: ClosedRange<Duration> = .milliseconds(100)...(.seconds(300))

        let model: String?
        let apiKey: SecretReference?
        let baseURL: String?
        let allowPrivate: Bool
        /// The limits on silence that the file names.
        let firstByte: Duration?
        let idle: Duration?
        let options: JSONObject
        let position: TextPosition
        let positions: [String: TextPosition]

        init(_ section: inout SectionReader, descriptor: ProviderDescriptor) {
            position = section.position
            model = section.value("model", "the name of a model") { node in
                node.text.flatMap { ChainReader.isModel($0) ? $0 : nil }
            }
            apiKey = section.value(
                "api_key", "env:NAME, file:PATH, credential:NAME or sealed:…; a secret must not be in this file"
            ) { node in node.text.flatMap { SecretReference($0) } }
            let allowPrivate = section.bool("allow_private") ?? false
            self.allowPrivate = allowPrivate
            baseURL = section.value(
                "base_url", allowPrivate ? "an http or https URL" : "an https URL (or allow_private: true)"
            ) { node in node.text.flatMap { Self.isEndpoint($0, allowPrivate: allowPrivate) ? $0 : nil } }
            var timeouts = section.section("timeouts")
            firstByte = timeouts?.duration("first_byte", Self.silence)
            idle = timeouts?.duration("idle", Self.silence)
            timeouts?.finish()
            var options = JSONObject()
            for option in descriptor.options {
                options[option.key] = section.value(option.key, violation: "must not contain nested keys", \.json)
            }
            self.options = options
            positions = Dictionary(
                section.names.map { ($0.name, section.position(of: $0.name)) }, uniquingKeysWith: { first, _ in first })
        }

        /// Returns whether a URL has no user, password, query and fragment, because a secret in a URL would appear in
        /// logs.
        private static func isEndpoint(_ text: String, allowPrivate: Bool) -> Bool {
            guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.user == nil,
                url.password == nil, url.query == nil, url.fragment == nil
            else { return false }
            return url.scheme == "https" || (allowPrivate && url.scheme == "http")
        }
    }
}

extension YAMLNode {
    /// The value as JSON, by the core schema of YAML 1.2.
    fileprivate var json: JSONValue? {
        switch self {
        case .scalar(let text, let isPlain, _):
            guard isPlain else { return .string(text) }
            if isNull { return .null }
            if let bool = Bool(text) { return .bool(bool) }
            if let integer = Int(text) { return .integer(integer) }
            if let number = Double(text), number.isFinite { return .number(number) }
            return .string(text)
        case .refused: return nil
        case .sequence(let elements, _): return .array(elements.compactMap(\.json))
        case .mapping(let members, _):
            return .object(JSONObject(members.compactMap { member in member.value.json.map { (member.name, $0) } }))
        }
    }
}
