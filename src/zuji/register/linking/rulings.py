"""A person's answers, closed over: what is the same as the same is the same, what differs from it differs."""

from collections.abc import Iterable, Sequence

from zuji.register.linking.records import Decided, Key


class Rulings:
    """Answers on pairs of rows. A later one outweighs earlier ones that contradict it."""

    def __init__(self, decided: Sequence[Decided] = ()) -> None:
        self._parent: dict[Key, Key] = {}
        self._different: list[tuple[Key, Key]] = []
        for each in reversed(decided):
            self._take(each)
        self.joined = frozenset(self._parent)
        self._apart: dict[Key, set[Key]] = {}
        for one, other in self._different:
            self._apart.setdefault(self.root(one), set()).add(self.root(other))
            self._apart.setdefault(self.root(other), set()).add(self.root(one))

    def _take(self, each: Decided) -> None:
        one, other = self.root(each.one), self.root(each.other)
        if not each.same:
            if one != other:
                self._different.append((each.one, each.other))
        elif not any({self.root(a), self.root(b)} == {one, other} for a, b in self._different):
            self._parent[max(one, other)] = min(one, other)
            self._parent.setdefault(min(one, other), min(one, other))

    def root(self, key: Key) -> Key:
        """One row for all that were said to be the same."""
        while (above := self._parent.get(key, key)) != key:
            key = above
        return key

    def same_root(self, one: Key, other: Key) -> bool:
        """Whether answers make the two one, directly or through others."""
        return self.root(one) == self.root(other)

    @property
    def separate(self) -> bool:
        """Whether any two rows were said to differ."""
        return bool(self._apart)

    def forbid(self, ours: Iterable[Key], theirs: Iterable[Key]) -> bool:
        """Whether any row of ours was said to differ from any of theirs."""
        if not self._apart:
            return False
        roots = {self.root(key) for key in theirs}
        return any(self._apart.get(self.root(key), set()) & roots for key in ours)
