"""An Athena that answers what a test tells it to, over HTTP: for what the local AWS never does.

Each action has a list of answers; the last one is repeated. What was asked is kept.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answers = dict[str, list[dict[str, Any]]]


class AthenaServer:
    """Answers by action, and the requests it got. An answer with `__type` is an error."""

    def __init__(self, answers: Answers) -> None:
        self.answers: Answers = {
            "GetWorkGroup": [{"WorkGroup": {"Name": "nubank", "State": "ENABLED", "Configuration": {}}}],
            "StartQueryExecution": [{"QueryExecutionId": "query-1"}],
            "StopQueryExecution": [{}],
            "GetQueryExecution": [{"QueryExecution": {"Status": {"State": "SUCCEEDED"}, "StatementType": "DML"}}],
            **answers,
        }
        self.asked: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def answer(self, action: str, request: dict[str, Any]) -> dict[str, Any]:
        """The next answer of an action."""
        self.asked[action].append(request)
        answers = self.answers[action]
        return answers[min(len(self.asked[action]), len(answers)) - 1]


@contextmanager
def athena_server(**answers: list[dict[str, Any]]) -> Iterator[tuple[str, AthenaServer]]:
    """Its address, and itself."""
    athena = AthenaServer(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = athena.answer(self.headers["X-Amz-Target"].split(".")[1], body)
            content = json.dumps(answer).encode()
            self.send_response(400 if "__type" in answer else 200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", athena
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def status(state: str, **more: Any) -> dict[str, Any]:
    """An answer of GetQueryExecution."""
    return {"QueryExecution": {"Status": {"State": state, **more}, "StatementType": "DML"}}


def page(columns: list[tuple[str, str]], rows: Sequence[Sequence[str | None]], token: str = "") -> dict[str, Any]:
    """An answer of GetQueryResults; a cell of None has no text."""
    info = [{"Name": name, "Label": name, "Type": type_} for name, type_ in columns]
    data = [{"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]} for row in rows]
    answer: dict[str, Any] = {"ResultSet": {"ResultSetMetadata": {"ColumnInfo": info}, "Rows": data}}
    return {**answer, "NextToken": token} if token else answer
