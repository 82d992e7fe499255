"""The whole way from a picture and texts to a styled picture: where the two halves meet.

`Stylizer.iterate` checks what is asked (`request`) and gives a `Run` (`run`): iterating over it
yields `Step`s, `Run.result()` gives a `Result` (`result`). `Stylizer.__call__` and `stylize` are
loops around it.
"""

from semcs.style.optimise import Step
from semcs.style.regions import Region
from semcs.stylizer.api import Stylizer
from semcs.stylizer.call import stylize
from semcs.stylizer.result import Result
from semcs.stylizer.run import Run

__all__ = ["Region", "Result", "Run", "Step", "Stylizer", "stylize"]
