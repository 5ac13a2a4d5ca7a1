"""The models behind the proxy: what they say follows from the last message, so that every run is the same.

They speak OpenAI's chat completions and Gemini's own API. The name of a model may be the way in which it fails.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SIGNATURE = "c2lnbmF0dXJl"
USAGE = (90, 12)
ANSWER = ["Done: ", "I have ", "added it."]
FAILURES = {
    "busy": (429, {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}),
    "broke": (429, {"message": "You exceeded your current quota", "type": "insufficient_quota",
                    "code": "insufficient_quota"}),
    "locked": (401, {"message": "Incorrect API key provided", "type": "invalid_request_error",
                     "code": "invalid_api_key"}),
    "long": (400, {"message": "This model's maximum context length is 9 tokens", "type": "invalid_request_error",
                   "code": "context_length_exceeded"}),
    "prude": (400, {"message": "Rejected by our content policy", "type": "invalid_request_error",
                    "code": "content_policy_violation"}),
    "down": (503, {"message": "The server is overloaded", "type": "server_error", "code": None}),
}


def calls_for(text):
    """What a user's message makes a model call."""
    if "Show me all" in text:
        return [("list_tasks", {})]
    titles = [title for title in ("buy milk", "call mom") if title in text]
    return [("add_task", {"title": title}) for title in titles]


class Models(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    requests = []

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        Models.requests.append((self.path, body))
        if "streamGenerateContent" in self.path:
            self.stream([json.dumps(chunk) for chunk in gemini(body)])
        elif body["model"] in FAILURES:
            status, error = FAILURES[body["model"]]
            self.answer(status, {"error": error})
        else:
            chunks = openai(body)
            if body["model"] == "cut":
                self.stream([json.dumps(chunk) for chunk in chunks[:3]], ends=False)
            else:
                self.stream([json.dumps(chunk) for chunk in chunks] + ["[DONE]"])

    def answer(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def stream(self, payloads, ends=True):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for payload in payloads:
            data = f"data: {payload}\n\n".encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()
        if ends:
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.close_connection = True


def openai(body):
    """The chunks of a chat completion: calls in pieces, or an answer."""
    def chunk(delta, finish=None, **members):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"],
                "choices": [choice], **members}

    last = body["messages"][-1]
    text = last["content"] if isinstance(last["content"], str) else json.dumps(last["content"])
    calls = calls_for(text) if last["role"] == "user" else []
    chunks = [chunk({"role": "assistant", "content": ""})]
    for index, (name, arguments) in enumerate(calls):
        arguments = json.dumps(arguments)
        chunks.append(chunk({"tool_calls": [{"index": index, "id": f"call_{index}", "type": "function",
                                             "function": {"name": name, "arguments": ""}}]}))
        for piece in (arguments[:6], arguments[6:]):
            if piece:
                chunks.append(chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]}))
    if not calls:
        chunks += [chunk({"content": piece}) for piece in ANSWER]
    chunks.append(chunk({}, "tool_calls" if calls else "stop"))
    counts = {"prompt_tokens": USAGE[0], "completion_tokens": USAGE[1], "total_tokens": sum(USAGE)}
    return chunks + [{**chunk({}), "choices": [], "usage": counts}]


def gemini(body):
    """The chunks of streamGenerateContent: calls whole, the first of them signed, or an answer."""
    def chunk(parts, **candidate):
        counts = {"promptTokenCount": USAGE[0], "candidatesTokenCount": USAGE[1], "totalTokenCount": sum(USAGE)}
        return {"candidates": [{"index": 0, "content": {"role": "model", "parts": parts}, **candidate}],
                "usageMetadata": counts, "modelVersion": "gemini-scripted"}

    parts = body["contents"][-1]["parts"]
    calls = calls_for(" ".join(part.get("text", "") for part in parts))
    if not calls:
        return [chunk([{"text": piece}]) for piece in ANSWER] + [chunk([{"text": ""}], finishReason="STOP")]
    parts = [{"functionCall": {"name": name, "args": arguments}} for name, arguments in calls]
    parts[0]["thoughtSignature"] = SIGNATURE
    return [chunk(parts, finishReason="STOP")]


def serve():
    """The models on a port of their own, in threads that end with the program."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Models)
    server.daemon_threads = True
    return server
