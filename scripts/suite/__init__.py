"""Starts, drives and stops the whole suite: for scripts/run, the end-to-end tests and anybody's own trials."""
