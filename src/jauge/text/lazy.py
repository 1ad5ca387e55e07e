"""A property worked out once: `functools.cached_property` without its lock.

Python 3.12 dropped that lock; on 3.11 it costs more than most facts of a reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class lazy(Generic[_Owner, _Value]):  # noqa: N801 - used like `property`
    """Work a value out when first asked for, and keep it in the instance.

    >>> class Circle:
    ...     @lazy
    ...     def area(self):
    ...         return 3
    >>> circle = Circle()
    >>> circle.area, vars(circle)
    (3, {'area': 3})
    """

    def __init__(self, work: Callable[[_Owner], _Value]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[_Owner, _Value]: ...
    @overload
    def __get__(self, instance: _Owner, owner: type) -> _Value: ...
    def __get__(
        self, instance: _Owner | None, owner: type
    ) -> _Value | lazy[_Owner, _Value]:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._work(instance)
        return value
