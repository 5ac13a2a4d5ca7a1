"""Chats of a running Steward through the LiteLLM proxy: as an upstream of its own, and as a translator.

    steward -> openai-compatible -> LiteLLM -> scripted chat completions
    steward -> anthropic         -> LiteLLM's /v1/messages -> scripted chat completions
    steward -> gemini            -> LiteLLM's chat completions -> scripted Gemini API

What reaches our decoders is thus LiteLLM's own work. The program ends what it started, and nothing else.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import scripted_models

STEWARD, LITELLM = sys.argv[1:3]
KEY = "sk-proxy-0123456789abcdef"
ANSWER = "".join(scripted_models.ANSWER)
# The tenant, its adapter, and the model of the proxy that it names.
TRANSLATIONS = {
    "compatible": ("openai-compatible", "plain"), "claude": ("anthropic", "plain"), "google": ("gemini", "native"),
}
ADAPTERS = [adapter for adapter, _ in TRANSLATIONS.values()]
FAILURES = {
    "busy": (503, "provider_unavailable", None), "broke": (502, "provider_rejected", "credit"),
    "locked": (502, "provider_rejected", "key"), "long": (502, "provider_rejected", "context"),
    "prude": (502, "provider_rejected", "policy"), "down": (503, "provider_unavailable", None),
    # The proxy calls it an error of its own when the model's answer breaks off.
    "cut": (503, "provider_unavailable", None), "nowhere": (502, "provider_rejected", "model"),
}

checks = 0
failures = 0


def check(what, passed, seen=""):
    global checks, failures
    checks += 1
    if not passed:
        failures += 1
        print(f"FAILED: {what} {str(seen)[:600]}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def steward(*arguments):
    result = subprocess.run([STEWARD, *arguments], capture_output=True, text=True, env=environment)
    return result.returncode, result.stdout + result.stderr


def start(arguments, url):
    """Starts a server and waits until `url` answers."""
    log = open(f"{os.path.basename(arguments[0])}.log", "w")
    server = subprocess.Popen(arguments, stdout=log, stderr=log, env=environment)
    servers.append(server)
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit(f"no server at {url}:\n{open(log.name).read()}")


def write_proxy(models):
    """The proxy's file: every model once as chat completions, and one that speaks Gemini's API."""
    def entry(name, **parameters):
        return {"model_name": name, "litellm_params": {"api_key": "sk-upstream", **parameters}}

    names = ["plain", *(name for name in FAILURES if name != "nowhere")]
    # hosted_vllm is a server of chat completions; OpenAI's own models are asked by other ways, too.
    entries = [entry(name, model=f"hosted_vllm/{name}", api_base=f"{models}/v1") for name in names]
    entries.append(entry("native", model="gemini/gemini-3-flash-preview", api_base=f"{models}/v1beta"))
    entries.append(entry("mocked", model="hosted_vllm/mocked", api_base=models, mock_response="The mock speaks."))
    with open("proxy.yaml", "w") as file:
        json.dump({"model_list": entries, "general_settings": {"master_key": KEY},
                   "router_settings": {"num_retries": 0, "disable_cooldowns": True},
                   "litellm_settings": {"num_retries": 0, "telemetry": False}}, file)


def write_tenant(name, provider, model, base, key="PROXY_KEY"):
    os.makedirs(f"tenants/{name}", exist_ok=True)
    with open(f"tenants/{name}/tenant.yaml", "w") as file:
        file.write(f"""name: {name}
provider: {provider}
providers:
  {provider}: {{model: {model}, api_key: "env:{key}", base_url: "{base}/v1", allow_private: true}}
""")
    os.chmod(f"tenants/{name}/tenant.yaml", 0o600)
    code, output = steward("key", "create", name)
    if code != 0:
        sys.exit(output)


def token(tenant, user):
    return steward("token", "issue", tenant, user)[1].strip()


def request(path, token, body=None, accept="application/json"):
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json", "accept": accept}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(site + path, data, headers), timeout=90) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def chat(tenant, user, message, accept="application/json"):
    return request(f"/api/{user}/chat", token(tenant, user), {"message": message}, accept)


def titles(tenant, user):
    return [task["title"] for task in json.loads(request(f"/api/{user}/tasks", token(tenant, user))[1])["items"]]


def check_turn(name, user, expected, text, calls, done):
    """One turn with a tool round: what was added, said and counted."""
    check(f"{name}: the answer", text == ANSWER, text)
    check(f"{name}: the calls", [call["arguments"].get("title") for call in calls] == expected, calls)
    check(f"{name}: each call has an id of its own", len({call["id"] for call in calls}) == len(expected), calls)
    check(f"{name}: the tasks", titles(name, user) == expected, titles(name, user))
    check(f"{name}: the provider", done["provider"] == TRANSLATIONS[name][0], done)
    usage = done.get("usage") or {}
    counted = (usage.get("input_tokens"), usage.get("output_tokens"))
    # Two calls of the model in each turn.
    check(f"{name}: the usage", counted == tuple(2 * count for count in scripted_models.USAGE), usage)


def translation(name):
    status, body = chat(name, "alice", "Remember: buy milk")
    check(f"{name}: a JSON answer", status == 200, body)
    if status == 200:
        answer = json.loads(body)
        check_turn(name, "alice", ["buy milk"], answer["response"], answer["tool_calls"], answer)
    status, body = chat(name, "bob", "Remember: buy milk, call mom", "text/event-stream")
    events = [json.loads(line[6:]) for line in body.splitlines() if line.startswith("data: ")]
    check(f"{name}: a stream", status == 200 and events and events[-1]["type"] == "done", body)
    if status == 200 and events[-1]["type"] == "done":
        text = "".join(event["content"] for event in events if event["type"] == "message")
        calls = [event for event in events if event["type"] == "tool_call"]
        check(f"{name}: the order", events[0]["type"] == "conversation", body)
        check_turn(name, "bob", ["buy milk", "call mom"], text, calls, events[-1])
    code, output = steward("provider", "check", name)
    check(f"{name}: provider check", code == 0, output)


def signatures():
    """Every request to Gemini that has a call in it has the signature that came with it."""
    calls = [[part for content in body["contents"] for part in content["parts"] if "function_call" in part]
             for path, body in scripted_models.Models.requests if "enerateContent" in path]
    replayed = [parts for parts in calls if parts]
    check("google: calls are replayed", len(replayed) == 2, replayed)
    check("google: with their signatures",
          all(parts[0].get("thoughtSignature") == scripted_models.SIGNATURE for parts in replayed), replayed)


def failure(model, adapter, status, code, reason):
    name = f"{model}-{adapter}"
    before = len(scripted_models.Models.requests)
    seen, body = chat(name, "alice", "Remember: buy milk")
    check(f"{name}: the status", seen == status, body)
    check(f"{name}: the code", json.loads(body).get("code") == code, body)
    check(f"{name}: the reason", json.loads(body).get("reason") == reason, body)
    check(f"{name}: no task", titles(name, "alice") == [])
    if reason is not None:
        asked = len(scripted_models.Models.requests) - before
        check(f"{name}: is asked once at most", asked <= 1, asked)


models = scripted_models.serve()
threading.Thread(target=models.serve_forever, daemon=True).start()
proxy_port, steward_port = free_port(), free_port()
proxy, site = f"http://127.0.0.1:{proxy_port}", f"http://127.0.0.1:{steward_port}"
environment = {**os.environ, "PROXY_KEY": KEY, "WRONG_KEY": "sk-proxy-wrong", "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
write_proxy(f"http://127.0.0.1:{models.server_address[1]}")
for name, (provider, model) in TRANSLATIONS.items():
    write_tenant(name, provider, model, proxy)
for model in FAILURES:
    for adapter in ADAPTERS:
        write_tenant(f"{model}-{adapter}", adapter, model, proxy)
write_tenant("mocked", "openai-compatible", "mocked", proxy)
for adapter in ADAPTERS:
    write_tenant(f"stranger-{adapter}", adapter, "plain", proxy, key="WRONG_KEY")

signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
servers = []
try:
    start([LITELLM, "--config", "proxy.yaml", "--host", "127.0.0.1", "--port", str(proxy_port)],
          f"{proxy}/health/liveliness")
    start([STEWARD, "serve", "--http", f"127.0.0.1:{steward_port}"], f"{site}/readyz")
    for name in TRANSLATIONS:
        translation(name)
    signatures()
    status, body = chat("mocked", "alice", "Say something")
    check("mocked: the answer", status == 200 and json.loads(body)["response"] == "The mock speaks.", body)
    code, output = steward("provider", "models", "compatible")
    check("compatible: its models", code == 0 and "native" in output, output)
    for adapter in ADAPTERS:
        for model, expected in FAILURES.items():
            failure(model, adapter, *expected)
        failure("stranger", adapter, 502, "provider_rejected", "key")
finally:
    for server in servers:
        server.terminate()
        server.wait()

print(f"{checks} checks with LiteLLM, {failures} failed")
sys.exit(1 if failures else 0)
