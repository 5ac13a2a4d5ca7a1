import ProviderKit
import Providers
import Tenants
import Time

extension TargetCheck {
    /// Judges whether tools are called.
    ///
    /// - Parameter ignored: Whether the server does not show the tools to the model; nil if that is unknown.
    mutating func judgeTools(ignored: Bool?) {
        guard usesTools == false else { return }
        if ignored == true {
            fail(
                """
                the server drops the tools of a request silently, so \(model) cannot call any: llama.cpp needs --jinja, \
                vLLM --enable-auto-tool-choice, and any server a chat template with tools
                """)
        } else {
            fail("\(model) does not call tools: choose a model that supports them")
        }
    }

    /// Compares the time to the first token and that of the whole answer with the tenant's limits.
    mutating func judgeTime(_ duration: Duration, deadline: Duration, usage: TokenUsage?) {
        guard let firstToken else { return }
        let limit = target.settings.timeouts.firstByte
        let (taken, allowed) = ("the answer began after \(Self.seconds(firstToken)) s", limit.unitText)
        if firstToken > limit {
            fail(
                """
                \(taken), but timeouts.first_byte (\(allowed)) ends every chat before: set \
                timeouts: {first_byte: \(Self.sufficient(firstToken))} in its section
                """)
        } else if firstToken > limit / 2 {
            warn(
                """
                \(taken), which is near timeouts.first_byte (\(allowed)): a longer conversation may be cut off; set \
                timeouts: {first_byte: \(Self.sufficient(firstToken))} in its section
                """)
        }
        if limit > deadline {
            warn("assistant.deadline (\(deadline.unitText)) ends a turn before timeouts.first_byte (\(allowed))")
        }
        let whole = "the whole answer took \(Self.seconds(duration)) s, and a chat needs two or more within"
        if duration > deadline {
            fail("\(whole) assistant.deadline (\(deadline.unitText))")
        } else if duration > deadline / 2 {
            warn("\(whole) assistant.deadline (\(deadline.unitText))")
        }
        let isOwnServer = ProviderRegistry.standard[target.providerID]?.needsBaseURL == true
        if isOwnServer, let usage, let cached = usage.cachedInputTokens, cached > usage.inputTokens / 2 {
            warn(
                """
                \(cached) of the \(usage.inputTokens) tokens of the prompt were in the server's cache: without them the \
                answer begins later
                """)
        }
    }

    /// Compares the tokens of the prompt with the context.
    mutating func judgeContext(tokens: Int) {
        guard let context, tokens > context / 2 else { return }
        let text = "prompt and tools take about \(tokens) of the \(context) tokens of the context"
        if tokens >= context {
            fail("\(text): start the server with a larger one (llama.cpp: -c 8192, Ollama: num_ctx)")
        } else {
            warn(
                """
                \(text), which leaves little for a conversation: start the server with a larger one (llama.cpp: -c 8192, \
                Ollama: num_ctx)
                """)
        }
    }

    /// Formats a duration in seconds with one decimal.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Returns a limit of at least twice the time, as it is written in a tenant's file.
    private static func sufficient(_ time: Duration) -> String {
        let seconds = min(300, (time.wholeSeconds * 2 / 10 + 1) * 10)
        return "\(seconds)s"
    }
}
