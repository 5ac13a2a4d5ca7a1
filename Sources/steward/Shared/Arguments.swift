import ArgumentParser
import Identity
import Tenants
import Time
import Tokens

extension TenantID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension UserID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension KeyID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension SigningAlgorithm: ExpressibleByArgument {}

extension SecretEncoding: ExpressibleByArgument {}

extension TokenScopes: ExpressibleByArgument {
    package init?(argument: String) { self.init(list: argument) }
}

/// A duration in options: `500ms 3s 2m 1h 30d`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        guard let duration = Duration(units: argument) else { return nil }
        self.duration = duration
    }

    var defaultValueDescription: String { duration.unitText }
}

/// An optional `-` for standard input, from which a token or a secret is always read.
///
/// Any other text is accepted here and refused later, because ArgumentParser's error would repeat what may be a token.
struct StandardInputArgument: ExpressibleByArgument {
    private let isDash: Bool

    init(argument: String) { isDash = argument == "-" }

    static func validate(_ argument: StandardInputArgument?) throws {
        guard argument?.isDash ?? true else {
            throw ValidationError(
                "A token is read from standard input, never from the command line, which other users can see.")
        }
    }
}
