"""DuckDB's full-text search: loading the extension, building the index, and the words of a query as the index knows them.

The extension comes as a package, made for one version of DuckDB each. A file with an index opens without it: the index is
made of plain tables, and only ranking needs the extension. What is searched and how finds are told belongs to `search`.
"""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import duckdb

from pipeline.contract.ddl import quoted_text
from pipeline.warehouse.errors import SearchUnavailableError
from pipeline.warehouse.sql import statements

_PACKAGE = "duckdb_extension_fts"
_SEARCHED = "searched_sentences"
INDEX = f"fts_main_{_SEARCHED}"
STEMMER = "english"
# Every sign but letters and digits parts words; accents are gone by then.
_BETWEEN_WORDS = "[^a-z0-9]+"
# The statements of `sql/search/` in the order in which each reads from those before it, behind that of what is searched.
_TAKEN_APART = ("words", "stems")
_INDEXED = ("terms", "dict", "docs", "stats")


def load_full_text(connection: duckdb.DuckDBPyConnection) -> None:
    """Loads the extension from the package that comes with this project, and from nowhere else.

    Must come before the configuration is locked. Raises `SearchUnavailableError`.
    """
    version = duckdb.__version__
    needed = f"search needs DuckDB's full-text extension; install duckdb-extension-fts=={version}"
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SearchUnavailableError(f"{needed} (it is not installed)")
    file = Path(spec.origin).parent / "extensions" / f"v{version}" / "fts.duckdb_extension"
    if not file.is_file():
        raise SearchUnavailableError(f"{needed} (the one that is installed is for another version of DuckDB)")
    try:
        connection.execute(f"LOAD {quoted_text(str(file))}")
    except duckdb.Error as error:
        raise SearchUnavailableError(f"{needed} ({str(error).strip().splitlines()[0]})") from error


def build_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Builds the index of the table `sentences` into the file. The extension must be loaded. Raises `duckdb.Error`.

    The extension makes the index of no sentence, with what ranks by it; its rows are those that it would make itself, which
    takes it several times as long.
    """
    made = {statement.name: statement.sql for statement in statements("search")}
    # What is searched need not stay: a temporary table leaves only the index in the file.
    connection.execute(f"CREATE TEMP TABLE {_SEARCHED} (sentence_id INTEGER, words VARCHAR)")
    options = f"stemmer = {quoted_text(STEMMER)}, stopwords = 'english', ignore = {quoted_text(_BETWEEN_WORDS)}"
    connection.execute(f"PRAGMA create_fts_index({quoted_text(_SEARCHED)}, 'sentence_id', 'words', {options})")
    connection.execute(f"INSERT INTO {_SEARCHED} BY NAME {made['sentence_words']}")
    for name in _TAKEN_APART:
        connection.execute(f"CREATE TEMP TABLE {name} AS {made[name]}")
    for name in _INDEXED:
        connection.execute(f"CREATE OR REPLACE TABLE {INDEX}.{name} AS {made[name]}")
    for name in (*_TAKEN_APART, _SEARCHED):
        connection.execute(f"DROP TABLE {name}")


def has_index(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file in use was published with an index."""
    found = connection.execute("SELECT 1 FROM duckdb_schemas() WHERE schema_name = ?", [INDEX]).fetchone()
    return found is not None


def word_of_code(code: str) -> str:
    """The word that stands in the index for a code of a place, corridor or commodity; the same as in `sql/search/`."""
    return f"x0{code.replace('_', '')}"


def stems(connection: duckdb.DuckDBPyConnection, words: Iterable[str]) -> dict[str, str]:
    """What the index knows each word by: lower case, no accents, no ending. The extension must be loaded."""
    asked = sorted(set(words))
    found = connection.execute(
        "SELECT word, stem(lower(strip_accents(word)), ?) FROM unnest(?::VARCHAR[]) AS t(word)", [STEMMER, asked]
    )
    return dict(found.fetchall())
