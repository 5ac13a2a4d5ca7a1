"""Makes a fixture of ordinary tests from the wire of a run with real models: record.py WIRE.jsonl MODEL MODE OUT.json

The fixture holds what the model answered, turn by turn, without its timings, and the conversations with what is wanted."""

import datetime, json, os, re, sys

STAMP = re.compile(r"^\[\w+day \d{4}-\d\d-\d\d \d\d:\d\d UTC[+-]\d\d:\d\d\] ")


def answer(entry):
    """The text and the calls of one answer of the model, as its server sent them."""
    text, calls, finish = "", {}, None
    sent = entry.get("sent") or entry["response"]
    if not sent.startswith("data:"):
        sent = "data: " + sent
    for line in sent.split("\n"):
        if not line.startswith("data: {"):
            continue
        for choice in json.loads(line[6:]).get("choices", []):
            delta = choice.get("delta") or choice.get("message") or {}
            text += delta.get("content") or ""
            for place, call in enumerate(delta.get("tool_calls") or []):
                known = calls.setdefault(call.get("index", place), {"name": "", "arguments": ""})
                known["name"] += call["function"].get("name") or ""
                known["arguments"] += call["function"].get("arguments") or ""
            finish = choice.get("finish_reason") or finish
    found = {"finish": finish}
    if text:
        found["content"] = text
    if calls:
        found["calls"] = [calls[i] for i in sorted(calls)]
    return found


wire, model, mode, out = sys.argv[1:5]
with open(wire) as file:
    entries = [json.loads(line) for line in file]
entries = [e for e in entries if isinstance(e.get("request"), dict) and e.get("status") == 200]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "conversations.json")) as file:
    conversations = json.load(file)
place = 0
for conversation in conversations:
    for number, turn in enumerate(conversation["turns"], 1):
        turn["answers"] = []
        while place < len(entries):
            entry = entries[place]
            users = [m["content"] for m in entry["request"]["messages"] if m["role"] == "user"]
            said = [STAMP.sub("", text) for text in users if STAMP.match(text)]
            if not said or said[-1] != turn["say"] or len(said) != number:
                break
            turn["answers"].append(answer(entry))
            place += 1
at = datetime.datetime.fromtimestamp(entries[0]["at"], datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
with open(out, "w") as file:
    json.dump({"model": model, "mode": mode, "at": at, "conversations": conversations}, file, ensure_ascii=False, indent=1)
    file.write("\n")
print(f"{place} of {len(entries)} answers")
