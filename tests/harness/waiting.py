"""Conditions, never sleeps."""

import time


def until(condition, what: str, seconds: float = 60):
    """The first true value of the condition; an AssertionError when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)
