"""Changes of who is who: they hold in later builds, and are taken back exactly."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.library.library import Library, open_library
from quotecheck.library.speakers import ChangeLog
from quotecheck.library.verification import Verification
from quotecheck.records.document import Segment
from quotecheck.speakers.changes import (
    history,
    identify,
    identify_from,
    merge_speakers,
    rename_speaker,
    split_speaker,
    undo,
)
from quotecheck.speakers.directory import list_speakers
from quotecheck.speakers.lookup import find_speaker
from quotecheck.speakers.merge_suggestions import suggest_merges
from quotecheck.text.digest import sha256_hex
from tests.support.speaker_samples import (
    add,
    assert_consistent,
    counts,
    debate,
    document,
    report,
    rows,
)


def test_a_merge_and_its_undoing_give_the_same_rows(library: Library) -> None:
    before = rows(library)
    done = merge_speakers(library, "Ilse Norran", ["NORRAN"], by="Ann")
    assert done.moved == 1
    assert counts(library)["Ilse Norran"] == (1, 2)
    assert "NORRAN" not in counts(library)
    assert_consistent(library)
    back = undo(library)
    assert back.moved == 1
    assert rows(library) == before
    first, second = reversed(history(library))
    assert (first.change, first.by, first.undone_by) == ("merge", "Ann", second.id)
    assert (second.change, second.undoes) == ("undo", first.id)
    undo(library, second.id)  # the undoing is undone
    assert counts(library)["Ilse Norran"] == (1, 2)
    assert_consistent(library)


def test_both_hold_the_same_alias(library: Library) -> None:
    with library.write():
        library.add_alias("Ilse Norran", "the minister")
        library.add_alias("NORRAN", "the minister")
        library.add_alias("NORRAN", "Ilse Norran")  # and one is the other's name
    before = rows(library)
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    (norran,) = list_speakers(library, "ilse")
    assert norran.names == ("NORRAN",)
    assert norran.forms == ("Mrs Norran", "the minister")
    assert_consistent(library)
    undo(library)
    assert rows(library) == before


def test_an_alias_that_becomes_a_name_is_a_form_again_after_undoing(library: Library) -> None:
    library.add_alias("Ilse Norran", "NORRAN")
    before = rows(library)
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    assert ("NORRAN", "name") in [row[1:] for row in rows(library)["aliases"]]
    undo(library)
    assert rows(library) == before


def test_later_builds_store_under_the_speaker_merged_into(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    merge_speakers(library, "Jonas Veld", ["VELD"])
    add(library, debate("second"))
    assert counts(library) == {"CHAIR": (4, 0), "Ilse Norran": (2, 2), "Jonas Veld": (2, 2)}
    found = library.document("second")
    assert found is not None
    assert [one.speaker for one in found.segments] == [
        "CHAIR",
        "Ilse Norran",
        "Jonas Veld",
        "CHAIR",
    ]
    assert_consistent(library)
    # What came under the merged name meanwhile goes with it when the merge is taken back.
    undo(library, 1)
    assert counts(library)["NORRAN"] == (2, 0)
    assert_consistent(library)


def test_a_name_that_leads_to_nobody_after_an_undoing_is_a_speaker(library: Library) -> None:
    before = counts(library)
    (number,) = [row[0] for row in rows(library)["speakers"] if row[1] == "Ilse Norran"]
    with library.write() as db:  # as a table of speakers names one before there is anything
        ChangeLog(db, "merge", "names", by="Ann").set_alias(number, "THE MINISTER", "name")
    named = debate("named", {"NORRAN": "THE MINISTER"})
    add(library, named)
    assert counts(library)["Ilse Norran"] == (1, 2)
    done = undo(library)
    assert counts(library)["THE MINISTER"] == (1, 0)
    assert counts(library)["Ilse Norran"] == before["Ilse Norran"]
    assert_consistent(library)
    undo(library, done.change)
    assert counts(library)["Ilse Norran"] == (1, 2)
    assert_consistent(library)


def test_a_source_that_is_read_again_is_the_same_in_spite_of_a_merge(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    before = rows(library)
    number = library.start_run("build", version="1")
    again = library.add_document(debate(), passages=None, run=number)
    assert again.status == "present"
    assert rows(library) == before
    changed = debate(names={"VELD": "Someone else"})
    assert library.add_document(changed, passages=None, run=number).status == "updated"
    assert counts(library)["Ilse Norran"] == (1, 2)


def test_forms_of_a_name_that_came_after_a_merge_go_with_it(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    add(library, *report("later", norran="NORRAN"))
    forms = {one.name: one.forms for one in list_speakers(library)}
    assert forms["Ilse Norran"] == ("Mrs Norran",)
    undo(library)
    (capitals,) = [one for one in list_speakers(library) if one.name == "NORRAN"]
    assert (capitals.turns, capitals.quotations) == (1, 2)
    assert capitals.forms == ("Ilse Norran", "Mrs Norran")
    assert {one.name: one.forms for one in list_speakers(library)}["Ilse Norran"] == ("Mrs Norran",)
    assert_consistent(library)


def test_joint_speakers_who_turn_out_to_be_one_are_named_once(library: Library) -> None:
    before = [stored.quotation for stored in library.quotations("report")]
    merge_speakers(library, "Ilse Norran", ["Jonas Veld"])
    joint = list(library.quotations("report"))[2].quotation
    assert joint.speaker == "Ilse Norran"
    sql = "SELECT speaker FROM who_said_what WHERE content = 'Nobody,'"
    assert library.db.execute(sql).fetchone() == ("Ilse Norran",)
    undo(library)
    assert [stored.quotation for stored in library.quotations("report")] == before


def test_a_split_takes_what_came_under_the_alias(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN", "VELD"])
    add(library, debate("second"))
    merged = rows(library)
    done = split_speaker(library, "Ilse Norran", ["VELD"])
    assert done.moved == 2
    assert counts(library)["VELD"] == (2, 0)
    assert counts(library)["Ilse Norran"] == (2, 2)
    assert_consistent(library)
    undo(library)
    assert rows(library) == merged
    split_speaker(library, "Ilse Norran", ["VELD", "NORRAN"])  # the second name goes along
    (veld,) = [one for one in list_speakers(library) if one.name == "VELD"]
    assert (veld.turns, veld.names) == (4, ("NORRAN",))
    add(library, debate("third"))
    assert counts(library)["VELD"] == (6, 0)
    assert_consistent(library)


def test_a_split_needs_a_name_that_something_came_under(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    before = rows(library)
    for alias, told in (
        ("Mrs Norran", "only how articles write"),
        ("Ilse Norran", "no alias"),
        ("Nobody", "nothing is stored"),
    ):
        with pytest.raises(InputError, match=told) as caught:
            split_speaker(library, "Ilse Norran", [alias])
        assert "NORRAN" in (caught.value.remedy or "")
    assert rows(library) == before
    assert len(history(library)) == 1


def test_a_new_name_keeps_what_came_under_the_old_one(library: Library) -> None:
    before = rows(library)
    rename_speaker(library, "VELD", "J. Veld")
    add(library, debate("second"))
    assert counts(library)["J. Veld"] == (2, 0)
    with pytest.raises(InputError, match="Jonas Veld” is"):
        rename_speaker(library, "J. Veld", "Jonas Veld")
    with pytest.raises(InputError, match="is already their name"):
        rename_speaker(library, "J. Veld", "J. Veld")
    rename_speaker(library, "J. Veld", "VELD")  # back to an alias of its own
    assert counts(library)["VELD"] == (2, 0)
    assert_consistent(library)
    undo(library)
    undo(library)
    for table in ("speakers", "aliases"):
        assert rows(library)[table] == before[table]
    assert_consistent(library)


def test_identifiers(library: Library, tmp_path: Path) -> None:
    before = rows(library)
    identify(library, "Ilse Norran", "Q42")
    (stored, _, _) = library.quotations("report")
    assert stored.quotation.speakers[0].identifier == "Q42"
    sql = "SELECT speaker_identifier FROM who_said_what WHERE content = 'Nobody,'"
    assert library.db.execute(sql).fetchone() == ("Q42",)
    with pytest.raises(InputError, match="already"):
        identify(library, "Ilse Norran", "Q42")
    table = tmp_path / "people.csv"
    table.write_text(
        "name,identifier,aliases\nIlse Norran,Q7,\nJonas Veld,Q8,VELD\nNobody,Q9,\n"
        "The Chair,Q10,chair\nThe Other Chair,Q11,chair\n",
        encoding="utf-8",
    )
    told = identify_from(library, table)
    assert told.assigned == (("Jonas Veld", "Q8"), ("VELD", "Q8"))
    assert told.kept == (("Ilse Norran", "Q42", "Q7"),)  # what is there stays
    assert identify_from(library, table).change is None
    (pair,) = [one for one in suggest_merges(library) if one.other == "VELD"]
    assert "both are Q8" in pair.reasons
    with pytest.raises(InputError, match="different identifiers"):
        merge_speakers(library, "Ilse Norran", ["VELD"])
    merge_speakers(library, "Jonas Veld", ["VELD"])
    identify(library, "Ilse Norran", None)
    for _ in range(4):
        undo(library)
    assert rows(library) == before
    with pytest.raises(InputError, match="no change to undo"):
        undo(library)
    table.write_text("name\nAnn\n", encoding="utf-8")
    with pytest.raises(InputError, match="identifier"):
        identify_from(library, table)


def test_a_merge_takes_over_an_identifier(library: Library) -> None:
    identify(library, "NORRAN", "Q42")
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    assert find_speaker(library, "Ilse Norran").identifier == "Q42"


def test_numbers_of_merged_speakers_are_not_given_out_again(library: Library) -> None:
    last = max(row[0] for row in rows(library)["speakers"])
    (name,) = [row[1] for row in rows(library)["speakers"] if row[0] == last]
    merge_speakers(library, "CHAIR", [name])
    add(library, document("speech", "I begin.", Segment(0, 8, "Ada Newman")))
    assert find_speaker(library, "Ada Newman").id > last
    undo(library)
    assert find_speaker(library, name).id == last
    assert_consistent(library)


def test_a_change_that_others_stand_on_is_not_taken_back(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    split_speaker(library, "Ilse Norran", ["NORRAN"])
    held = rows(library)
    with pytest.raises(InputError, match="cannot be taken back") as caught:
        undo(library, 1)
    assert "Undo 2 first" in (caught.value.remedy or "")
    assert rows(library) == held
    undo(library, 2)
    undo(library, 1)
    with pytest.raises(InputError, match="was undone by 4"):
        undo(library, 1)
    assert_consistent(library)


def test_independent_changes_are_taken_back_in_any_order(library: Library) -> None:
    before = rows(library)
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    rename_speaker(library, "Ilse Norran", "Ilse M. Norran")
    merge_speakers(library, "Jonas Veld", ["VELD"])
    undo(library, 1)
    assert_consistent(library)
    undo(library, 3)
    undo(library, 2)
    assert rows(library) == before


NAMES = ["CHAIR", "NORRAN", "VELD", "Ilse Norran", "Jonas Veld"]


def test_any_changes_taken_back_one_by_one_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    name = st.sampled_from(NAMES)
    action = st.one_of(
        st.tuples(st.just("merge"), name, name), st.tuples(st.just("split"), name, name),
        st.tuples(st.just("rename"), name, st.sampled_from([*NAMES, "New", "Newer"])),
        st.tuples(st.just("identify"), name, st.sampled_from(["Q1", "Q2"])),
        st.tuples(st.just("undo"), st.just(""), st.just("")),
        st.tuples(st.just("build"), st.just(""), st.just("")),
    )  # fmt: skip
    numbers = iter(range(10**6))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(action, max_size=8))
    def holds(actions: list[tuple[str, str, str]]) -> None:
        path = tmp_path_factory.mktemp("any") / "library.db"
        with open_library(path, create=True) as library:
            add(library, debate())
            add(library, *report())
            before = counts(library)
            for what, one, other in actions:
                try:
                    if what == "merge":
                        merge_speakers(library, one, [other])
                    elif what == "split":
                        split_speaker(library, one, [other])
                    elif what == "rename":
                        rename_speaker(library, one, other)
                    elif what == "identify":
                        identify(library, one, other)
                    elif what == "undo":
                        undo(library)
                    else:
                        add(library, debate(f"more-{next(numbers)}"))
                except InputError:
                    pass
                assert_consistent(library)
            while any(c.undone_by is None and c.change != "undo" for c in history(library)):
                undo(library)
                assert_consistent(library)
            builds = sum(what == "build" for what, _, _ in actions)
            turns = {"CHAIR": 2, "NORRAN": 1, "VELD": 1}
            assert counts(library) == {
                who: (held[0] + builds * turns.get(who, 0), held[1]) for who, held in before.items()
            }
            assert [row[1] for row in rows(library)["aliases"]] == ["Mrs Norran"]

    holds()


# Older libraries, and interruptions


def test_an_older_library_learns_the_names_it_was_stored_under(tmp_path: Path) -> None:
    import sqlite_utils

    from quotecheck.library.schema.migrations import APPLICATION_ID, migrations

    path = tmp_path / "old.db"
    db = sqlite_utils.Database(sqlite3.connect(path, isolation_level=None))
    names = [step.name for step in migrations.pending(db)]
    steps = names.index("m009_people")
    migrations.apply(db, stop_before="m009_people")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {steps}")
    db.executescript(
        """
        INSERT INTO runs (command, version, settings, weights, started)
            VALUES ('build', '0', '{}', '{}', '2020-01-01');
        INSERT INTO documents (key, bytes_sha256, text_sha256, reader, characters, run_id,
            retrieved_at, text) VALUES ('old', hex(zeroblob(32)), hex(zeroblob(32)), 'text', 9,
            1, '2020', 'Old words');
        INSERT INTO speakers VALUES (1, 'Ann'), (2, 'Anne');
        INSERT INTO segments (document_id, start, end, speaker_id) VALUES (1, 0, 9, 2);
        INSERT INTO attributed VALUES (1, 1, 1);
        INSERT INTO quotations (document_id, run_id, position, kind, content, cue, source,
            cue_lemma, source_form, rule, confidence, start, end, prefix, exact, suffix)
            VALUES (1, 1, 0, 'indirect', 'words', '', '', '', 'name', 'r', 0.3, 4, 9, 'Old ',
            'words', '');
        INSERT INTO quotation_spans VALUES (1, 'content', 0, 4, 9, 'words');
        INSERT INTO quotation_speakers (quotation_id, position, speaker_id, label)
            VALUES (1, 0, 2, '');
        """
    )
    db.execute("UPDATE documents SET text_sha256 = ?", [sha256_hex(b"Old words")])
    db.close()
    with open_library(path, create=True) as library:
        merge_speakers(library, "Ann", ["Anne"])
        assert counts(library) == {"Ann": (1, 1)}
        split_speaker(library, "Ann", ["Anne"])
        assert counts(library) == {"Ann": (0, 0), "Anne": (1, 1)}
        from quotecheck.searching.search import search_library

        (hit,) = search_library(library, "WORDS").hits
        assert (hit.kind, hit.speakers) == ("indirect", ("Anne",))
        assert_consistent(library)
    with Verification(path) as verification:
        assert list(verification.findings()) == []


KILLED = """
import os, signal, sys
from quotecheck.speakers import changes as people
from quotecheck.library.library import open_library

path, after, *command = sys.argv[1:]
left = int(after)
with open_library(path, create=True) as library:
    def die(statement):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    library.db.conn.set_trace_callback(die)
    if command == ["merge"]:
        people.merge_speakers(library, "Ilse Norran", ["NORRAN", "VELD"])
    else:
        people.undo(library)
"""


def test_a_killed_process_leaves_nothing_half_done(library: Library) -> None:
    path = library.path
    before = rows(library)
    after_merge = None
    died = 0
    for command in ("merge", "undo"):
        for after in range(2, 400, 7):
            ran = subprocess.run(
                [sys.executable, "-c", KILLED, path, str(after), command],
                check=False, capture_output=True, env=os.environ | {"OMP_NUM_THREADS": "1"},
            )  # fmt: skip
            held = rows(library)
            if ran.returncode == 0:
                break
            assert ran.returncode == -signal.SIGKILL, ran.stderr
            died += 1
            assert held == (before if command == "merge" else after_merge)
            assert len(history(library)) == (command == "undo")
        if command == "merge":
            after_merge = rows(library)
            assert after_merge != before
    assert rows(library) == before
    assert died > 6


def test_a_change_that_fails_leaves_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotecheck.speakers import changes as module

    before = rows(library)

    def full(*_: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(module, "reassign", full)
    with pytest.raises(LibraryError):
        merge_speakers(library, "Ilse Norran", ["NORRAN"])
    assert rows(library) == before
    assert history(library) == []


def test_hostile_names(tmp_path: Path) -> None:
    names = ["'; DROP TABLE speakers; --", '"', "%_*", "<script>", "Ada\nBell", "🎉", "  "]
    with open_library(tmp_path / "library.db", create=True) as library:
        for number, name in enumerate(names):
            add(library, document(f"d{number}", "I speak.", Segment(0, 8, name)))
        before = rows(library)
        merge_speakers(library, names[0], names[1:])
        assert counts(library) == {names[0]: (len(names), 0)}
        for name in names[1:]:
            split_speaker(library, names[0], [name])
        assert counts(library) == dict.fromkeys(names, (1, 0))
        for _ in names:
            undo(library)
        assert rows(library) == before
        for name in ("\ud800", "\0", "x" * 300):
            with pytest.raises(QuotecheckError):
                rename_speaker(library, names[0], name * 201)
