"""What a list can be narrowed by."""

from collections.abc import Sequence

import django_filters as filters
from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.utils.translation import gettext_lazy

ListFilters = filters.FilterSet


class Search(filters.CharFilter):
    """A search box over several fields; every word must be found in one of them."""

    def __init__(self, *fields: str) -> None:
        super().__init__(label=gettext_lazy("list.search"), widget=SearchInput)
        self.fields = fields

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for part in value.split():
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__icontains": part})
            qs = qs.filter(found)
        return qs


class Words(filters.ChoiceFilter):
    """A choice among keys of a closed set, each shown as its word under `prefix`; `key` are the words before it."""

    def __init__(self, key: str, *, prefix: str, keys: Sequence[str], **options: object) -> None:
        choices = [(each, gettext_lazy(f"{prefix}.{each}")) for each in keys]
        super().__init__(label=gettext_lazy(key), choices=choices, empty_label=gettext_lazy("list.all"), **options)


class YesNo(Words):
    """A choice between rows for which something holds and those for which it does not."""

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(key, prefix="yes_no", keys=("yes", "no"), **options)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return super().filter(qs, value == "yes") if value else qs


class Rows(filters.ModelChoiceFilter):
    """A choice among rows, such as organisations; `queryset` takes the request, so that only visible ones are offered."""

    def __init__(self, key: str, **options: object) -> None:
        super().__init__(label=gettext_lazy(key), empty_label=gettext_lazy("list.all"), **options)
