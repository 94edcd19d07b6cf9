"""The library: one SQLite file of documents, quotations and speakers, and where each came from.

The only package with SQL in it; every other one calls a function here, which takes an open
connection and gives records back. ``library`` opens a file, writes in transactions and keeps the
runs; ``file`` says whether a file is a library, ``file_errors`` what SQLite complains of,
``schema`` lays and upgrades the tables.

- Documents: ``documents`` (records to rows and back), ``document_lookup``, ``document_ids``,
  ``copies``, ``provenance``; ``forgetting`` takes them out again.
- Quotations: ``quotations``, ``utterances`` (who speaks at a place), ``places``.
- Speakers: ``speakers`` (names and changes), ``speaker_history``, ``speaker_lookup``,
  ``speaker_totals``.
- Search: ``passage_index`` with ``phrase_queries``, ``full_text_search``, ``vectors``.
- Lists of the explorer: ``listings``. Checks of a whole file: ``integrity``, ``verification``.
"""
