"""What the tests of whole processes share: a suite in a temporary folder, a load with its own ledger, a checker."""
