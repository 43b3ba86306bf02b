"""How long an exchange may wait in all: one timer for any number of waits."""

import asyncio
from types import TracebackType


class Patience:
    """Limits the waits of one task, `with patience.of(seconds)` around each.

    A wait that reaches its limit is cancelled and raises `TimeoutError`, as `asyncio.timeout` does.
    That sets a timer for every wait and throws it away: 5 of the 25 µs that a token took at full
    speed. This one lets its timer stand, and looks when it rings whether anything waits too long.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[object] | None = None  # that waits now
        self._due = 0.0
        self._cancels = 0  # of that task before
        self._is_out = False

    def of(self, seconds: float) -> "Patience":
        """Set the limit of the next wait."""
        self._due = self._loop.time() + seconds
        return self

    def close(self) -> None:
        """Let go of the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def __enter__(self) -> None:
        self._task = task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can be cancelled")
        self._cancels = task.cancelling()
        if self._timer is None or self._timer.when() > self._due:
            self._set()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        task, self._task = self._task, None
        if self._is_out and task is not None:
            self._is_out = False
            if task.uncancel() <= self._cancels and kind is asyncio.CancelledError:
                raise TimeoutError from error

    def _set(self) -> None:
        self.close()
        self._timer = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._task is None:
            return
        # A timer may ring a little before its time.
        if self._loop.time() < self._due:
            self._set()
        else:
            self._is_out = True
            self._task.cancel()
