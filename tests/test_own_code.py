"""The tests start the code of their own checkout, or none."""

from pathlib import Path

import pytest

from tests.fakes.program import Program, require_own_code


def test_an_environment_of_another_checkout_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other" / "heimdall_desktop"
    other.mkdir(parents=True)
    (other / "__init__.py").touch()
    (other / "__main__.py").write_text("print('code of another checkout')")
    environment = {"PYTHONPATH": str(other.parent)}

    with pytest.raises(RuntimeError, match=f"would run {other}.*dev.sh test makes its own"):
        Program(tmp_path / "run", "--version", environment=environment)

    require_own_code()
