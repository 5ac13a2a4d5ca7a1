import Anthropic
import Gemini
import Groq
import Offline
import OpenAI
import OpenAICompatible
import OpenRouter
package import ProviderKit

extension ProviderRegistry {
    /// All adapters in `Plugins/`. This is the only place that lists them.
    package static let standard = ProviderRegistry([
        OpenRouterProvider.self, OpenAIProvider.self, GeminiProvider.self, GroqProvider.self, AnthropicProvider.self,
        OpenAICompatibleProvider.self, OfflineProvider.self,
    ])
}
