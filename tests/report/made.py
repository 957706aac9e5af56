"""A page about hand-made documents and claims, through the real tables, views and questions."""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import polars as pl
from analysis.made import Row, answers

from pipeline.report.page import render
from pipeline.warehouse.sql import in_order_of_use, statements

VOID = frozenset({"meta", "br", "link", "img", "input", "hr", "col"})


def page(documents: Sequence[Row], *claims: Row, tables: Mapping[str, pl.DataFrame] | None = None) -> str:
    """The page about these rows."""
    connection = answers(documents, *claims, tables=tables).whole()
    for view in in_order_of_use(statements("views")):
        connection.execute(view.sql)
    return render(connection)[0]


class Parsed(HTMLParser):
    """What a page is made of: its elements with their attributes, the text within each section, and what does not close."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.sections: dict[str, list[str]] = {}
        self._section = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "section":
            self._section = str(dict(attrs).get("id"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.sections.setdefault(self._section, []).append(data)

    def text(self, section: str) -> str:
        """The text of a section, blanks as single spaces."""
        return " ".join("".join(self.sections.get(section, [])).split())

    def attributes(self, tag: str, name: str) -> list[Any]:
        """The values of an attribute of all elements of a kind that have it."""
        return [attributes[name] for found, attributes in self.elements if found == tag and name in attributes]
