"""The two names that generated clients import from aenum, a package that Debian does not have.

Their enumerations are plain ones, but for one thing that Python's own enum module does not allow: a method may name
its class in an annotation while the class is being made.
"""

import enum

__all__ = ["Enum", "no_arg"]

no_arg = object()


class _KnowsItsName(enum.EnumMeta):
    @classmethod
    def __prepare__(mcs, name, bases, **keywords):
        namespace = super().__prepare__(name, bases, **keywords)
        dict.__setitem__(namespace, name, name)
        return namespace

    def __new__(mcs, name, bases, namespace, **keywords):
        dict.pop(namespace, name, None)
        return super().__new__(mcs, name, bases, namespace, **keywords)


class Enum(enum.Enum, metaclass=_KnowsItsName):
    """As enum.Enum."""
