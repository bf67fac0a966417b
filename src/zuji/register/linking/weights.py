"""The usual weights, from lists of a whole district: where learning starts and what few rows are weighed with."""

import csv

from zuji.register.places import DATA


def usual_weights() -> dict[str, float]:
    """By feature, in log odds."""
    with (DATA / "weights.tsv").open(encoding="utf-8") as rows:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(rows, delimiter="\t")}
