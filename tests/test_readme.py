"""The Python in the README runs and answers what it says."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_python_snippets_run(capsys, monkeypatch, tmp_path) -> None:
    (tmp_path / "kb").symlink_to(README.parent / "kb")
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(r"```python\n(.+?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert snippets
    for snippet in snippets:
        exec(compile(snippet, "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("disproved\nDISPROVED")
