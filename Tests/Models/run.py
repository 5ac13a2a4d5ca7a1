"""The table of `make models`: conversations with real small models, judged by what became of the tasks.

run.py STEWARD FOLDER [--models qwen05,qwen15] [--modes raw,parsed,grammar] [--systems steward,bare,sdk] [--only NAME,...]
       [--quiet-messages FILE.swift] [--wire FOLDER] [--verbose]

FOLDER is what setup.sh made. Systems: steward (with the safety net), bare (safety_net: false), sdk (openai-agents);
`offline`, which needs no model, is always run."""

import argparse, datetime, json, os, re, signal, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request

here = os.path.dirname(os.path.abspath(__file__))
CATEGORIES = ["right", "extras", "false claim", "nothing done", "wrong change", "JSON shown", "error"]
MODES = {"raw": {}, "parsed": {"rescue": True}, "grammar": {"guide": True}}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, process, seconds=120):
    for _ in range(seconds * 10):
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} ended with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1)
            return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                return
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{process.args[0]} does not listen")


class Processes:
    def __init__(self):
        self.all = []

    def start(self, arguments, **options):
        process = subprocess.Popen(arguments, **options)
        self.all.append(process)
        return process

    def stop(self, process):
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        self.all.remove(process)

    def stop_all(self):
        for process in list(self.all):
            self.stop(process)


class Steward:
    """A server with one tenant a system, spoken to over plain HTTP on loopback."""

    def __init__(self, processes, program, tenants):
        self.folder = tempfile.mkdtemp(prefix="steward-models.", dir="/tmp")
        self.program, self.users = program, 0
        for name, text in tenants.items():
            os.makedirs(f"{self.folder}/tenants/{name}")
            with open(f"{self.folder}/tenants/{name}/tenant.yaml", "w") as file:
                file.write(text)
            self.command("key", "create", name)
        self.port = free_port()
        log = open(f"{self.folder}/log", "w")
        self.process = processes.start(
            [
                program,
                "serve",
                "--http",
                f"127.0.0.1:{self.port}",
                "--fastcgi",
                f"unix:{self.folder}/socket",
                *self.options,
            ],
            stdout=log,
            stderr=log,
        )
        wait_for(self.port, self.process)

    @property
    def options(self):
        return ["--tenants", f"{self.folder}/tenants", "--data", f"{self.folder}/data"]

    def command(self, *arguments):
        return subprocess.run(
            [self.program, *arguments, "--tenants", f"{self.folder}/tenants"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    def begin(self, tenant, titles):
        self.users += 1
        self.user, self.tenant, self.conversation = f"user{self.users}", tenant, None
        self.token = self.command("token", "issue", tenant, self.user)
        for title in titles:
            self.call("POST", "tasks", {"title": title})

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{self.user}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=900) as answer:
            return json.load(answer)

    def tasks(self):
        return self.call("GET", "tasks?limit=100")["items"] if self.user else []

    def say(self, text):
        body = {"message": text}
        if self.conversation:
            body["conversation_id"] = self.conversation
        try:
            answer = self.call("POST", "chat", body)
        except urllib.error.HTTPError as error:
            return {"error": f"{error.code} {error.read()[:200].decode('utf-8', 'replace')}"}
        self.conversation = answer["conversation_id"]
        return {"answer": answer["response"], "calls": answer.get("tool_calls", []), "provider": answer.get("provider")}


class AgentsSDK:
    def __init__(self, processes, python, base_url, model):
        self.process = processes.start(
            [python, f"{here}/agents_sdk.py", base_url, model],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def begin(self, _, titles):
        self.ask({"tasks": titles})
        self.now = [{"id": i, "title": t, "completed": False, "due_at": None} for i, t in enumerate(titles, 1)]

    def tasks(self):
        return self.now

    def say(self, text):
        answer = self.ask({"say": text})
        self.now = answer.pop("tasks")
        return answer


# --- Judging --------------------------------------------------------------------------------------------------------------


def differences(before, after):
    """The changes between two states of the list, each as (kind, id, members)."""
    old, new = {t["id"]: t for t in before}, {t["id"]: t for t in after}
    found = [("add", i, set()) for i in new if i not in old] + [("delete", i, set()) for i in old if i not in new]
    for i in old.keys() & new.keys():
        members = {
            m
            for m in ("title", "description", "completed", "due_at", "priority", "tags", "recurrence")
            if old[i].get(m) != new[i].get(m)
        }
        if members:
            found.append(("change", i, members))
    return found


def judge(turn, before, after, answer):
    """The category of one turn."""
    text = answer.get("answer", "")
    found = differences(before, after)
    old, new = {t["id"]: t for t in before}, {t["id"]: t for t in after}
    missing, extras, used = 0, False, set()
    for want in turn["want"]:
        kind, value = next((k, v) for k, v in want.items() if k not in ("due", "recurrence") or len(want) == 1)
        hit = None
        for difference in found:
            what, i, members = difference
            if i in used:
                continue
            title = (new.get(i) or old.get(i))["title"].lower()
            old_title = (old.get(i) or new.get(i))["title"].lower()
            if kind in ("add", "restore"):
                good = what == "add" and value in title
                if good and kind == "add":
                    extra = (
                        {m for m in ("due_at", "recurrence") if new[i].get(m)}
                        - ({"due_at"} if "due" in want else set())
                        - ({"recurrence", "due_at"} if "recurrence" in want else set())
                    )
                    good = (
                        good
                        and ("due" not in want or days(new[i].get("due_at")) == want["due"])
                        and ("recurrence" not in want or bool(new[i].get("recurrence")))
                    )
                    extras |= bool(extra)
            elif kind == "delete":
                good = what == "delete" and value in old_title
            elif kind in ("complete", "reopen"):
                good = (
                    what == "change"
                    and value in title
                    and "completed" in members
                    and new[i]["completed"] == (kind == "complete")
                )
                extras |= good and bool(members - {"completed", "due_at", "recurrence"})
            elif kind == "rename":
                good = what == "change" and value[0] in old_title and title.strip(" .'\"") == value[1]
                extras |= good and members != {"title"}
            elif kind == "due":
                good = what == "change" and value[0] in title and days(new[i].get("due_at")) == value[1]
                extras |= good and bool(members - {"due_at"})
            elif kind == "priority":
                good = (
                    what == "change" and value[0] in title and (value[1] is None or new[i].get("priority") == value[1])
                )
                extras |= good and bool(members - {"priority"})
            elif kind == "tag":
                good = what == "change" and value[0] in title and value[1] in (new[i].get("tags") or [])
            else:
                raise SystemExit(f"unknown want {kind}")
            if good:
                hit = i
                break
        if hit is None:
            missing += 1
        else:
            used.add(hit)
    if re.search(r"\{\s*[\"']\w+[\"']\s*:|```json|</?tool|<function", text):
        return "JSON shown"
    if "error" in answer:
        return "error"
    others = [d for d in found if d[1] not in used]
    if others:
        return "wrong change"
    shown = all(word in text.lower() for word in turn.get("shows", []))
    if missing or not shown:
        return "false claim" if not found and claims(text) else "nothing done"
    if not turn["want"] and claims(text):
        return "false claim"
    return "extras" if extras else "right"


CLAIM = re.compile(
    r"\b(i have|i've|has been|have been|successfully|is now|i)\s+(successfully |now |just )?(added|created|deleted|removed|completed|marked|updated|changed|renamed|moved|set|reopened)\b"
    r"|^(added|deleted|removed|marked|updated|changed|renamed)\b|\b(wurde|habe)\b.{0,60}\b(hinzugefügt|gelöscht|erledigt|markiert|geändert)\b"
    r"|\b(he|ha sido|se ha)\s+(añadido|agregado|eliminado|borrado|marcado|cambiado)\b",
    re.I,
)
HONEST = re.compile(
    r"nothing was changed|changed nothing|do not understand|\bif i\b|nothing was done|nichts geändert|no se ha cambiado nada|this was done",
    re.I,
)


def claims(text):
    return bool(CLAIM.search(text)) and not HONEST.search(text)


def days(moment):
    if not moment:
        return None
    try:
        return (
            datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).date()
            - datetime.datetime.now(datetime.timezone.utc).date()
        ).days
    except ValueError:
        return moment


# --- Running --------------------------------------------------------------------------------------------------------------


def play(system, tenant, conversations, label):
    counts, began = dict.fromkeys(CATEGORIES, 0), time.time()
    for conversation in conversations:
        system.begin(tenant, conversation["tasks"])
        for turn in conversation["turns"]:
            before = system.tasks()
            answer = system.say(turn["say"])
            category = judge(turn, before, system.tasks(), answer)
            counts[category] += 1
            if category not in ("right", "extras") or verbose:
                calls = [
                    (
                        c["tool"],
                        c["arguments"],
                        (c["result"].get("error") or {}).get("code") if isinstance(c["result"], dict) else None,
                    )
                    for c in answer.get("calls", [])
                ]
                print(
                    f"    {label}: {category}: {turn['say']!r} -> {(answer.get('answer') or answer.get('error'))[:300]!r} {calls}",
                    flush=True,
                )
    return counts, time.time() - began


def play_quiet(system, tenant, messages):
    """Messages that ask for nothing: what was changed, and which answers were completed by the server."""
    changed, marked = [], []
    for number, message in enumerate(messages):
        if number % 10 == 0:
            system.begin(tenant, ["Buy milk", "Finish the report", "Call mom", "Water the plants"])
        system.conversation = None
        before = system.tasks()
        answer = system.say(message)
        if differences(before, system.tasks()):
            changed.append((message, answer))
        if HONEST.search(answer.get("answer", "")):
            marked.append((message, answer))
    for name, found in [("changed", changed), ("marked", marked)]:
        for message, answer in found:
            print(f"    {name}: {message!r} -> {str(answer)[:400]}", flush=True)
    return len(messages), len(changed), len(marked)


def prefill(log):
    """The tokens that the server had to read anew in the second turn of each conversation, and those that it had."""
    seen = []
    with open(log) as file:
        for line in file:
            entry = json.loads(line)
            asked = entry.get("request") or {}
            found = re.findall(r'"(cache_n|prompt_n)":(\d+)', entry.get("response", ""))
            if isinstance(asked, dict) and found and sum(m["role"] == "user" for m in asked.get("messages", [])) == 2:
                seen.append({k: int(v) for k, v in found})
    return seen


parser = argparse.ArgumentParser()
parser.add_argument("steward")
parser.add_argument("folder")
parser.add_argument("--models", default="qwen05,qwen15")
parser.add_argument("--modes", default="grammar,parsed,raw")
parser.add_argument("--systems", default="steward,bare,sdk")
parser.add_argument("--only", default="")
parser.add_argument("--quiet-messages")
parser.add_argument("--wire")
parser.add_argument("--verbose", action="store_true")
arguments = parser.parse_args()
verbose = arguments.verbose
with open(f"{here}/conversations.json") as file:
    conversations = json.load(file)
if arguments.only:
    conversations = [c for c in conversations if c["name"] in arguments.only.split(",")]
total = sum(len(c["turns"]) for c in conversations)
processes, rows = Processes(), []
try:
    offline = Steward(
        processes,
        arguments.steward,
        {
            "offline": "name: Offline\nprovider: offline\nlimits: {chats_per_minute: 100000, requests_per_minute: 1000000}\n"
        },
    )
    rows.append(("offline", *play(offline, "offline", conversations, "offline")))
    processes.stop(offline.process)
    for model in filter(None, arguments.models.split(",")):
        port = free_port()
        log = open(os.devnull, "w")
        server = processes.start(
            [
                f"{arguments.folder}/llama/bin/python",
                f"{here}/server.py",
                f"{arguments.folder}/models/{model}.gguf",
                str(port),
                "8192",
                model,
            ],
            stdout=log,
            stderr=log,
            env={**os.environ, "OMP_WAIT_POLICY": "passive"},
        )
        wait_for(port, server)
        for mode in arguments.modes.split(","):
            front = free_port()
            wire_log = f"{arguments.wire or tempfile.mkdtemp(dir='/tmp')}/{model}-{mode}.jsonl"
            options = {"merge": {"temperature": 0, "max_tokens": 220}, **MODES[mode]}
            wire = processes.start(
                [sys.executable, f"{here}/wire.py", str(front), str(port), wire_log, json.dumps(options)]
            )
            wait_for(front, wire)
            base = (
                "provider: openai-compatible\nproviders:\n  openai-compatible: "
                f"{{model: {model}, base_url: 'http://127.0.0.1:{front}/v1', allow_private: true, timeouts: {{first_byte: 300s}}}}\n"
                "limits: {chats_per_minute: 100000, requests_per_minute: 1000000}\n"
            )
            steward = Steward(
                processes,
                arguments.steward,
                {
                    "steward": f"name: Steward\n{base}assistant: {{deadline: 300s}}\n",
                    "bare": f"name: Bare\n{base}assistant: {{deadline: 300s, safety_net: false}}\n",
                },
            )
            for system in arguments.systems.split(","):
                if system == "sdk":
                    player = AgentsSDK(
                        processes, f"{arguments.folder}/sdk/bin/python", f"http://127.0.0.1:{front}/v1", model
                    )
                else:
                    player = steward
                rows.append(
                    (f"{model} {mode} {system}", *play(player, system, conversations, f"{model} {mode} {system}"))
                )
                print(rows[-1], flush=True)
                if system == "sdk":
                    processes.stop(player.process)
                elif system == "steward" and arguments.quiet_messages:
                    with open(arguments.quiet_messages) as file:
                        text = file.read().split('text = """')[1].split('"""')[0]
                    messages = [line.strip() for line in text.split("\n") if line.strip() and line.strip()[0] != "["]
                    asked, changed, marked = play_quiet(steward, "steward", messages)
                    print(
                        f"{model} {mode}: of {asked} messages that ask for nothing {changed} changed tasks, {marked} answers were marked",
                        flush=True,
                    )
            again = prefill(wire_log)
            if again:
                middle = sorted(s.get("prompt_n", 0) for s in again)[len(again) // 2]
                held = sorted(s.get("cache_n", 0) for s in again)[len(again) // 2]
                print(
                    f"{model} {mode}: second turns read {middle} tokens anew and had {held} (medians of {len(again)} requests)",
                    flush=True,
                )
            processes.stop(steward.process)
            processes.stop(wire)
        processes.stop(server)
finally:
    processes.stop_all()
print(f"\n{total} utterances" + "".join(f" | {c}" for c in CATEGORIES) + " | seconds")
for name, counts, seconds in rows:
    print(f"{name:28}" + "".join(f" | {counts[c]:{len(c)}}" for c in CATEGORIES) + f" | {seconds:.0f}")
