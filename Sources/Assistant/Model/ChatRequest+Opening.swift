package import Foundation
package import ProviderKit
package import Tenants
import TodoTools

extension ChatRequest {
    /// Creates the request that a target of the tenant gets for the first message of a new conversation.
    package init(opening message: String, of tenant: Tenant, for provider: String, at now: Date) {
        let system = SystemPrompt(tenant: tenant).text
        self.init(
            messages: Transcript(
                system: system, history: [], userMessage: message,
                time: MessageTime(date: now, timeZone: tenant.assistant.timeZone)
            ).messages(for: provider),
            tools: Toolbox.standard.briefDefinitions, now: now, timeZone: tenant.assistant.timeZone,
            maxOutputTokens: tenant.assistant.maxOutputTokens)
    }
}
