import Foundation
import OpenRouter
import ProviderKit
import Providers
import Secrets
import Testing

@Suite struct ProviderRegistryTests {
    @Test("Every folder in Plugins is registered, and nothing else")
    func folders() throws {
        let plugins = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Plugins").standardized
        let folders = try FileManager.default.contentsOfDirectory(atPath: plugins.path(percentEncoded: false))
            .filter { !$0.hasPrefix(".") }
        let ids = ProviderRegistry.standard.descriptors.map { $0.id.replacing("-", with: "") }
        #expect(Set(folders.map { $0.lowercased() }) == Set(ids))
    }

    @Test("Every id is one that a tenant file can hold, and every provider tells what it is")
    func descriptors() {
        for descriptor in ProviderRegistry.standard.descriptors {
            #expect(descriptor.id.allSatisfy { $0.isLowercase || $0 == "-" })
            #expect(!descriptor.name.isEmpty && !descriptor.summary.isEmpty)
        }
        #expect(
            ProviderRegistry.standard.descriptors.map(\.id) == ProviderRegistry.standard.descriptors.map(\.id).sorted())
    }

    @Test("An unknown id is answered with the known ones")
    func unknown() {
        let error = #expect(throws: UnknownProviderError.self) { try ProviderRegistry.standard.descriptor("opnrouter") }
        #expect(error?.description.contains("opnrouter") == true)
        #expect(error?.description.contains("offline, openai, openai-compatible, openrouter") == true)
    }

    @Test("An adapter is made from its settings, with its default model")
    func make() async throws {
        try await ProviderTransport.withTransport { transport in
            let settings = ProviderSettings(apiKey: Secret(utf8: "k"))
            let provider = try ProviderRegistry.standard.make("openrouter", settings, transport: transport)
            #expect(provider.model == "openai/gpt-oss-20b:free")
            let error = #expect(throws: ProviderConfigurationError.self) {
                try ProviderRegistry.standard.make("openrouter", ProviderSettings(), transport: transport)
            }
            #expect(error?.key == "api_key")
        }
    }

    @Test("Two adapters of one id stop the process")
    func duplicates() async {
        await #expect(processExitsWith: .failure) {
            _ = ProviderRegistry([OpenRouterProvider.self, OpenRouterProvider.self])
        }
    }
}
