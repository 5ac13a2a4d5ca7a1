"""The OpenAI Agents SDK with the same model and five tools over a list in memory, for comparison.

One request a line of standard input, one answer a line of standard output, both JSON:
  {"tasks": [title, ...]}     begins a conversation   -> {}
  {"say": text}               a message of the user   -> {"answer": text, "tasks": [...]} or {"error": text, "tasks": [...]}
agents_sdk.py BASE_URL MODEL"""

import asyncio, datetime, json, sys

from agents import Agent, ModelSettings, OpenAIChatCompletionsModel, Runner, function_tool, set_tracing_disabled
from openai import AsyncOpenAI

set_tracing_disabled(True)
base_url, model = sys.argv[1:3]
tasks = {}


def find(task_id):
    if task_id not in tasks:
        raise ValueError(f"Task {task_id} not found")
    return tasks[task_id]


@function_tool
def add_task(title: str, description: str = "", due_date: str = "") -> str:
    """Create a new task with a title and optionally a description and a due date."""
    task_id = max(tasks, default=0) + 1
    tasks[task_id] = {
        "id": task_id,
        "title": title,
        "description": description,
        "due_at": due_date or None,
        "completed": False,
    }
    return json.dumps({"task_id": task_id, "status": "created", "title": title})


@function_tool
def list_tasks(status: str = "all") -> str:
    """Retrieve tasks from the list: "all", "pending" or "completed"."""
    wanted = {"pending": [False], "completed": [True]}.get(status, [False, True])
    return json.dumps([t for t in tasks.values() if t["completed"] in wanted])


@function_tool
def complete_task(task_id: int) -> str:
    """Mark a task as complete."""
    find(task_id)["completed"] = True
    return json.dumps({"task_id": task_id, "status": "completed", "title": tasks[task_id]["title"]})


@function_tool
def delete_task(task_id: int) -> str:
    """Remove a task from the list."""
    title = find(task_id)["title"]
    del tasks[task_id]
    return json.dumps({"task_id": task_id, "status": "deleted", "title": title})


@function_tool
def update_task(task_id: int, title: str = "", description: str = "", due_date: str = "") -> str:
    """Modify a task's title, description or due date."""
    task = find(task_id)
    task.update({k: v for k, v in [("title", title), ("description", description), ("due_at", due_date)] if v})
    return json.dumps({"task_id": task_id, "status": "updated", "title": task["title"]})


INSTRUCTIONS = """You are a helpful todo assistant. You manage the user's tasks with your tools.
- When the user mentions adding, creating or remembering something, use add_task.
- When the user asks to see, show or list tasks, use list_tasks with the right status.
- When the user says done, complete or finished, use complete_task.
- When the user says delete, remove or cancel, use delete_task.
- When the user says change, update or rename, use update_task.
- If the user names a task by its words, call list_tasks first to find its id.
- Always confirm actions with a friendly response, and handle errors gracefully."""


async def main():
    agent = Agent(
        name="Todo",
        instructions=INSTRUCTIONS + f"\nToday is {datetime.date.today():%A, %Y-%m-%d}.",
        model=OpenAIChatCompletionsModel(
            model, AsyncOpenAI(base_url=base_url, api_key="none", timeout=600, max_retries=0)
        ),
        model_settings=ModelSettings(temperature=0, max_tokens=220),
        tools=[add_task, list_tasks, complete_task, delete_task, update_task],
    )
    history = []
    for line in sys.stdin:
        request = json.loads(line)
        if "tasks" in request:
            history = []
            tasks.clear()
            for index, title in enumerate(request["tasks"], 1):
                tasks[index] = {"id": index, "title": title, "description": "", "due_at": None, "completed": False}
            answer = {}
        else:
            try:
                result = await Runner.run(agent, history + [{"role": "user", "content": request["say"]}], max_turns=8)
                history = result.to_input_list()
                answer = {"answer": str(result.final_output)}
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"[:300]}
            answer["tasks"] = list(tasks.values())
        print(json.dumps(answer), flush=True)


asyncio.run(main())
