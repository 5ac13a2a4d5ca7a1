"""A logging proxy between a client and an OpenAI-compatible server, both on loopback: wire.py PORT UPSTREAM_PORT LOG.jsonl [JSON]

One line of JSON for each request: the request, the whole answer with its status, and the times of the first and last byte.
Members of the JSON argument:
  merge    members for the body of every chat completion, such as {"temperature": 0}
  rescue   true: an answer that consists of calls written as text (bare JSON, a fence, <tools>, <tool_call>, {{...}}) leaves
           as tool_calls, as a server with a parser for this model would send it
  guide    true: the server has to answer with a call or a reply, by a JSON schema (llama.cpp's grammar), so that a small
           model without a notation for calls of its own is a tool-calling model"""

import http.client, http.server, json, re, sys, threading, time

port, upstream, log = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3], "a", buffering=1)
options = json.loads(sys.argv[4]) if len(sys.argv) > 4 else {}
lock = threading.Lock()


def calls_in(text, names):
    """The calls that a text is, and nothing else; None when there is anything besides them."""
    text = re.sub(r"```(?:json|tool_call|xml)?|</?tools>|</?tool_calls?>|<tool_response>", "\n", text).strip()
    text = re.sub(r"\{\{(\"name\".*)\}\}", r"{\1}", text, flags=re.S)
    found, at = [], 0
    while at < len(text):
        if text[at] in " \r\n\t,[];":
            at += 1
            continue
        try:
            value, at = json.JSONDecoder().raw_decode(text, at)
        except ValueError:
            return None
        value = value.get("function", value) if isinstance(value, dict) else None
        if not isinstance(value, dict) or value.get("name") not in names:
            return None
        arguments = value.get("arguments", value.get("parameters", {}))
        if not isinstance(arguments, dict):
            return None
        if (value["name"], arguments) not in found:
            found.append((value["name"], arguments))
    return found or None


def as_calls(found):
    return [
        {
            "index": i,
            "id": f"call_{time.time_ns() % 10**10}_{i}",
            "type": "function",
            "function": {"name": n, "arguments": json.dumps(a)},
        }
        for i, (n, a) in enumerate(found)
    ]


def rescued(got, asked):
    """The same answer with its text calls as tool_calls; None when there are none."""
    names = {t["function"]["name"] for t in asked.get("tools", [])}
    if asked.get("stream"):
        text, last, usage = "", None, None
        for line in got.decode("utf-8", "replace").split("\n"):
            if not line.startswith("data: {"):
                continue
            chunk = json.loads(line[6:])
            usage = chunk.get("usage") or usage
            for choice in chunk.get("choices", []):
                if choice["delta"].get("tool_calls"):
                    return None
                text += choice["delta"].get("content") or ""
                last = chunk
        found = calls_in(text, names)
        if not found:
            return None
        head = {k: v for k, v in last.items() if k not in ("choices", "usage", "timings")}
        out = [
            {
                **head,
                "choices": [
                    {
                        "index": 0,
                        "delta": {"role": "assistant", "content": None, "tool_calls": as_calls(found)},
                        "finish_reason": None,
                    }
                ],
            },
            {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]},
            {**head, "choices": [], "usage": usage},
        ]
        return b"".join(b"data: " + json.dumps(c).encode() + b"\n\n" for c in out) + b"data: [DONE]\n\n"
    answer = json.loads(got)
    message = answer["choices"][0]["message"]
    found = None if message.get("tool_calls") else calls_in(message.get("content") or "", names)
    if not found:
        return None
    calls = as_calls(found)
    for call in calls:
        call.pop("index")
    answer["choices"][0] |= {
        "message": {"role": "assistant", "content": None, "tool_calls": calls},
        "finish_reason": "tool_calls",
    }
    return json.dumps(answer).encode()


def guided(chat):
    """The same request, for a server that is to answer in JSON: a call of one of the tools, or a reply."""
    tools = [t["function"] for t in chat.pop("tools")]
    chat.pop("tool_choice", None)
    chat.pop("parallel_tool_calls", None)
    chat.pop("stream_options", None)
    chat["stream"] = False
    lines = [
        f'- {t["name"]}({", ".join(k + ("" if k in t["parameters"].get("required", []) else "?") for k in t["parameters"].get("properties", {}))}): {t["description"]}'
        for t in tools
    ]
    chat["messages"][0] = {
        "role": "system",
        "content": chat["messages"][0]["content"]
        + "\n\nTools (? = optional, leave it out unless the user says it):\n"
        + "\n".join(lines)
        + '\n\nAnswer with JSON only. To use a tool: {"tool": NAME, "arguments": {...}}. To say something to the user: {"reply": TEXT}.',
    }
    messages, names = [], {}
    for m in chat["messages"]:
        if m["role"] == "assistant" and m.get("tool_calls"):
            for c in m["tool_calls"]:
                names[c["id"]] = c["function"]["name"]
                messages.append(
                    {
                        "role": "assistant",
                        "content": json.dumps(
                            {"tool": c["function"]["name"], "arguments": json.loads(c["function"]["arguments"] or "{}")}
                        ),
                    }
                )
        elif m["role"] == "assistant":
            messages.append({"role": "assistant", "content": json.dumps({"reply": m.get("content") or ""})})
        elif m["role"] == "tool":
            messages.append(
                {"role": "user", "content": f'Result of {names.get(m["tool_call_id"], "the tool")}: {m["content"]}'}
            )
        else:
            messages.append(m)
    chat["messages"] = messages

    def call(t):
        return {
            "type": "object",
            "properties": {"tool": {"const": t["name"]}, "arguments": plain(t["parameters"])},
            "required": ["tool", "arguments"],
            "additionalProperties": False,
        }

    def plain(x):
        if isinstance(x, dict):
            return {
                k: plain(v)
                for k, v in x.items()
                if k
                not in (
                    "description",
                    "pattern",
                    "format",
                    "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "minimum",
                    "maximum",
                )
            }
        return [plain(v) for v in x] if isinstance(x, list) else x

    reply = {
        "type": "object",
        "properties": {"reply": {"type": "string"}},
        "required": ["reply"],
        "additionalProperties": False,
    }
    chat["response_format"] = {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": {"anyOf": [reply] + [call(t) for t in tools]}},
    }
    return chat


def unguided(got, streamed):
    """What such a server answered, as OpenAI would send it."""
    answer = json.loads(got)
    message, usage = answer["choices"][0]["message"], answer.get("usage")
    reason, delta = answer["choices"][0]["finish_reason"], {"role": "assistant", "content": message.get("content")}
    try:
        said = json.loads(message["content"])
    except ValueError:
        said = None
    if said and "reply" in said:
        delta["content"] = said["reply"]
    elif said:
        reason, delta = "tool_calls", {
            "role": "assistant",
            "content": None,
            "tool_calls": as_calls([(said["tool"], said["arguments"])]),
        }
    head = {"id": answer["id"], "created": answer["created"], "model": answer["model"]}
    if not streamed:
        for c in delta.get("tool_calls", []):
            c.pop("index")
        return json.dumps(
            {
                **head,
                "object": "chat.completion",
                "usage": usage,
                "choices": [{"index": 0, "message": delta, "finish_reason": reason}],
            }
        ).encode()
    out = [
        {**head, "object": "chat.completion.chunk", "choices": c, **u}
        for c, u in (
            ([{"index": 0, "delta": delta, "finish_reason": None}], {}),
            ([{"index": 0, "delta": {}, "finish_reason": reason}], {}),
            ([], {"usage": usage}),
        )
    ]
    return b"".join(b"data: " + json.dumps(c).encode() + b"\n\n" for c in out) + b"data: [DONE]\n\n"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self):
        began = time.time()
        asked = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body, chat = asked, None
        try:
            parsed = json.loads(asked) if asked else None
        except ValueError:
            parsed = asked.decode("latin-1")
        if isinstance(parsed, dict) and "messages" in parsed:
            chat = json.loads(asked)
            chat.update(options.get("merge", {}))
            streamed = chat.get("stream")
            guide = options.get("guide") and chat.get("tools")
            body = json.dumps(guided(chat) if guide else chat).encode()
        entry = {
            "at": began,
            "method": self.command,
            "path": self.path,
            "headers": {k: v for k, v in self.headers.items() if k.lower() != "authorization"},
            "request": parsed,
        }
        got, first = b"", None
        c = http.client.HTTPConnection("127.0.0.1", upstream, timeout=900)
        try:
            headers = {
                k: v
                for k, v in self.headers.items()
                if k.lower() not in ("host", "content-length", "connection", "accept-encoding", "transfer-encoding")
            }
            c.request(self.command, self.path, body or None, headers)
            r = c.getresponse()
            entry["status"], entry["response_headers"] = r.status, dict(r.getheaders())
            self.send_response(r.status)
            turned = chat and guide and r.status == 200
            if turned:
                self.send_header("Content-Type", "text/event-stream" if streamed else "application/json")
            for k, v in r.getheaders():
                if turned and k.lower() == "content-type":
                    continue
                if k.lower() not in (
                    "transfer-encoding",
                    "connection",
                    "content-length",
                    "keep-alive",
                    "server",
                    "date",
                ):
                    self.send_header(k, v)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()

            def send(part):
                if part:
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                    self.wfile.flush()

            hold = turned or options.get("rescue") and chat and r.status == 200
            while chunk := r.read1(65536):
                first = first or time.time()
                got += chunk
                if not hold:
                    send(chunk)
            if turned:
                entry["sent"] = (new := unguided(got, streamed)).decode()
                send(new)
            elif hold:
                if new := rescued(got, chat):
                    entry["sent"] = new.decode()
                send(new or got)
            self.wfile.write(b"0\r\n\r\n")
        except OSError as e:
            entry["broke"] = repr(e)
            self.close_connection = True
        finally:
            c.close()
        entry |= {
            "response": got.decode("utf-8", "replace"),
            "first": first and first - began,
            "total": time.time() - began,
        }
        with lock:
            log.write(json.dumps(entry) + "\n")

    do_GET = do_POST = forward


http.server.ThreadingHTTPServer.daemon_threads = True
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
