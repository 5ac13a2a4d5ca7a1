import Configuration
import Foundation
import Tenants

/// What this process finds around it: its environment, and the `.env` of its working directory.
///
/// `.env` is never put into the process's environment, where child processes and `/proc` would show it.
struct Surroundings: Sendable {
    let environment: [String: String]
    let dotEnv: [String: String]

    static func current() throws -> Surroundings {
        let environment = ProcessInfo.processInfo.environment
        let dotEnv = try FileInput.text(of: ".env", limit: 1 << 20, ifMissing: "")
        return Surroundings(
            environment: environment, dotEnv: DotEnv(dotEnv, environment: environment).values)
    }

    /// Where the references of tenant files lead.
    var secrets: SecretSources { SecretSources(environment: environment, dotEnv: dotEnv) }

    /// The server's own settings: given options first, then `STEWARD_…` variables, then those of `.env`.
    ///
    /// - Parameter given: by keys such as `steward.tenants`.
    func settings(given: [AbsoluteConfigKey: ConfigValue]) -> ConfigReader {
        ConfigReader(providers: [
            InMemoryProvider(name: "options", values: given),
            EnvironmentVariablesProvider(environmentVariables: environment),
            EnvironmentVariablesProvider(environmentVariables: dotEnv),
        ]).scoped(to: "steward")
    }
}
