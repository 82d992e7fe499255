"""Progress bars, where something could go wrong with them."""

import subprocess
import sys

CODE = """
import io
from multiprocessing import synchronize

def refuse(*_, **__):
    raise AssertionError("a lock of processes")

synchronize.SemLock.__init__ = refuse
from semcs.bars import Bar
shown = io.StringIO()
assert list(Bar([1, 2], unit="picture", file=shown)) == [1, 2]
assert "2/2" in shown.getvalue()
"""


def test_a_bar_has_no_lock_of_processes():
    subprocess.run([sys.executable, "-c", CODE], check=True)
