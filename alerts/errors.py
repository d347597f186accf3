"""Which faults this project names itself.

Expected outcomes are values (`Failed`, `Unreachable`, ...). An exception means that the caller was wrong
or the world broke; it carries facts, and the sentence a person reads is made where a person reads it.
"""


class SirabaError(Exception):
    """Root of every fault this project raises."""


class DataError(SirabaError):
    """A data file that ships with the project, or one an operator named, does not hold what it must."""
