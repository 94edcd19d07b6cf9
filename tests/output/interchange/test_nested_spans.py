"""Crossing spans become a tree: every span covers just its own text, and the text is whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotecheck.output.interchange.nested_spans import nested, spread
from quotecheck.records.text import Span

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=8).map(
    lambda pairs: [Span(start, end) for start, end in pairs]
)


@given(SPANS, st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted))
def test_any_spans_nest(spans: list[Span], limits: list[int]) -> None:
    region = Span(*limits)
    events = nested(spans, region)
    stack: list[int] = []
    covered: dict[int, set[int]] = {index: set() for index in range(len(spans))}
    at = region.start
    for event in events:
        if event.kind == "text":
            assert event.span.start == at < event.span.end
            at = event.span.end
            for index in stack:
                covered[index].update(range(event.span.start, event.span.end))
        elif event.kind == "open":
            assert event.index not in stack
            assert event.span.start == at < event.span.end
            stack.append(event.index)
        else:
            assert stack.pop() == event.index
            assert event.span.end == at
    assert (at, stack) == (region.end, [])
    for index, span in enumerate(spans):
        within = range(max(span.start, region.start), min(span.end, region.end))
        assert covered[index] == set(within)


def test_spans_that_nest_are_not_broken() -> None:
    spans = [Span(0, 9), Span(0, 4), Span(2, 3), Span(4, 9), Span(0, 9)]
    opened = [event.index for event in nested(spans, Span(0, 9)) if event.kind == "open"]
    assert opened == [0, 4, 1, 2, 3]


@given(SPANS, st.lists(st.integers(0, 30), max_size=8, unique=True).map(sorted))
def test_spread_finds_every_region(spans: list[Span], cuts: list[int]) -> None:
    regions = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    for region, held in zip(regions, spread(spans, regions), strict=True):
        wanted = [i for i, s in enumerate(spans) if s.start < s.end and s.overlaps(region)]
        assert held == wanted
