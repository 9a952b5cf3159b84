"""A year of an organisation's use of Kelmu: normal work, and misuse hidden in it.

By rules of its own, which `oversight.detection` never sees, nor this package what that looks for
(import-linter keeps them apart). Nobody in it exists.
"""
