"""What a list can be narrowed by."""

from collections.abc import Callable, Sequence
from typing import Any

import django_filters as filters
from django.db.models import Model, Q, QuerySet
from django.forms import HiddenInput, SearchInput
from django.utils.translation import gettext_lazy
from django_filters.fields import ModelChoiceField as RowField

from zuji.core.templatetags.words import named

ListFilters = filters.FilterSet
Found = QuerySet[Any]


class Search(filters.CharFilter):
    """A search box over several fields; every word must be found in one of them."""

    lookup = "icontains"

    def __init__(self, *fields: str, key: str = "list.search") -> None:
        super().__init__(label=gettext_lazy(key), widget=SearchInput)
        self.fields = fields

    def filter(self, qs: Found, value: str) -> Found:
        for part in value.split():
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__{self.lookup}": part})
            qs = qs.filter(found)
        return qs


class KeySearch(Search):
    """The same over columns that hold small letters only, which need not be folded row by row."""

    lookup = "contains"

    def filter(self, qs: Found, value: str) -> Found:
        return super().filter(qs, value.lower())


class Words(filters.ChoiceFilter):
    """A choice among keys of a closed set, each shown as its word under `prefix`; `key` are the words before it."""

    def __init__(self, key: str, *, prefix: str, keys: Sequence[str], **options: object) -> None:
        choices = [(each, gettext_lazy(f"{prefix}.{each}")) for each in keys]
        super().__init__(label=gettext_lazy(key), choices=choices, empty_label=gettext_lazy("list.all"), **options)


class YesNo(Words):
    """A choice between rows for which something holds and those for which it does not."""

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(key, prefix="yes_no", keys=("yes", "no"), **options)

    def filter(self, qs: Found, value: str) -> Found:
        return super().filter(qs, value == "yes") if value else qs


class NamedField(RowField):
    """Rows by their names in the reader's language, or by what `label_of` says."""

    def __init__(self, *args: object, label_of: Callable[[Any], str] | None = None, **options: object) -> None:
        self.label_of = label_of or (lambda row: named(row) or str(row))
        super().__init__(*args, **options)

    def label_from_instance(self, row: Model) -> str:
        return self.label_of(row)


class Rows(filters.ModelChoiceFilter):
    """A choice among rows; `queryset` takes the request, so that only visible ones are offered."""

    field_class = NamedField

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(label=gettext_lazy(key), empty_label=gettext_lazy("list.all"), **options)

    def filter(self, qs: Found, value: Model | None) -> Found:
        """By key, since what is narrowed often holds keys and no relations."""
        found: Found = super().filter(qs, value.pk if value else None)
        return found


class Given(filters.NumberFilter):
    """What only an address names, such as a figure's link to its records; shown as a chip that can be taken off."""

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(label=gettext_lazy(key), widget=HiddenInput, **options)


class GivenDay(filters.DateFilter):
    """The same for a day."""

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(label=gettext_lazy(key), widget=HiddenInput, **options)


class GivenMoment(filters.DateTimeFilter):
    """The same for an instant, as clocks of the account's association say it."""

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(label=gettext_lazy(key), widget=HiddenInput, **options)
