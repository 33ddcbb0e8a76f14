"""One set of rules, worked by hand: the same table holds what the phone reckons while one types (tests/service_worker/worth.test.js)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from webapp.foundation.typed_fields import plain_number
from webapp.worth.chart import drawn
from webapp.worth.rules import Answer, Side, Sums, reckon, row_worth

TABLE = json.loads((Path(__file__).parent / "cases.json").read_text())
CASES = {case["name"]: case for case in TABLE["cases"]}


def sums_of(case: dict[str, Any]) -> Sums:
    said = case["sums"]
    return Sums(**{**said, "ours": Side(**said["ours"]), "theirs": Side(**said["theirs"])})


def told(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    sides = {
        name: {k: v for k, v in asdict(getattr(answer, name)).items() if k != "by_year"} for name in ("ours", "theirs")
    }
    return {**sides, "saved": answer.saved, "even": answer.even}


@pytest.mark.parametrize("name", CASES)
def test_it_comes_out_as_worked_by_hand(name: str) -> None:
    assert told(reckon(sums_of(CASES[name]))) == CASES[name]["answer"]


@pytest.mark.parametrize("row", TABLE["rows"], ids=str)
def test_what_a_difference_means_in_money(row: dict[str, Any]) -> None:
    assert row_worth(row["ours"], row["theirs"], row["cents"]) == row["worth"]


@pytest.mark.parametrize("want", TABLE["charts"], ids=lambda want: want["of"])
def test_the_lines_are_drawn_where_they_belong(want: dict[str, Any]) -> None:
    answer = reckon(sums_of(CASES[want["of"]]))
    assert answer
    chart = drawn(answer)
    assert (chart.step, chart.years) == (want["step"], want["years"])
    assert chart.ours.startswith(want["ours_starts"]) and chart.theirs.startswith(want["theirs_starts"])
    assert chart.dot.startswith(want["dot_starts"]) and bool(chart.dot) == bool(want["dot_starts"])


@pytest.mark.parametrize("row", TABLE["numbers"], ids=lambda row: row["typed"] or "nothing")
def test_what_is_typed_means_the_same_number_on_both_sides(row: dict[str, Any]) -> None:
    try:
        means = float(plain_number(row["typed"]))
    except ValueError:
        means = None
    assert means == row["means"]
