"""The page in a browser: nothing is complained of, charts are drawn, evidence opens and closes, a phone is wide enough."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from analysis.made import agreement, document, number
from playwright.sync_api import Browser, Page, sync_playwright

from report.made import page
from report.test_hostile import hostile_page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed to look at the page with")

YEAR = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
PAIR = {"reporter": ["AZE"], "partner": ["KAZ"]}
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = page(
        [
            document("one"),
            document("two", date(2026, 2, 10), uri="https://example.org/two"),
            document("three", date(2025, 5, 2)),
        ],
        number("one", "turnover", 2e9, **PAIR, **YEAR),
        number("two", "turnover", 3e9, **PAIR, **YEAR),
        number("one", "turnover", 5e9, **PAIR, period_end=date(2030, 12, 31), modality="target"),
        number("one", "exports", 1e9, **PAIR, **YEAR),
        number("two", "cargo", 4.5e6, unit="t", corridor="TITR", **YEAR),
        number("three", "cargo", 5e6, unit="t", corridor="TITR", period_end=date(2027, 12, 31), modality="forecast"),
        number("two", "capacity", 6e6, unit="t/yr", corridor="TITR", confidence=0.2),
        agreement("one", "signed", ["AZE", "KAZ"], date_start=date(2026, 1, 5), date_end=date(2026, 1, 5)),
    )
    path = tmp_path_factory.mktemp("usual") / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "report.html"
    path.write_text(hostile_page(), encoding="utf-8")
    return path


@contextmanager
def opened(browser: Browser, path: Path, size: dict[str, int] = DESKTOP, **options: object) -> Iterator[Page]:
    """The page in a fresh window; whatever the browser complains of, asks or loads fails the test."""
    context = browser.new_context(viewport=size, reduced_motion="reduce", **options)  # type: ignore[arg-type]
    window = context.new_page()
    heard: list[str] = []
    window.on("console", lambda message: heard.append(f"console: {message.text}"))
    window.on("pageerror", lambda error: heard.append(f"error: {error}"))
    window.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))
    window.on("request", lambda request: heard.append(f"request: {request.url}") if request.url != path.as_uri() else None)
    window.goto(path.as_uri())
    yield window
    window.wait_for_timeout(50)
    context.close()
    assert heard == []


def count(window: Page, selector: str) -> int:
    return window.locator(selector).count()


def test_charts_are_drawn_in_the_colours_of_the_page(browser: Browser, usual: Path) -> None:
    with opened(browser, usual) as window:
        assert count(window, "figure svg[viewBox]") >= 4
        mark = window.locator("#trade figure svg a path").first
        box = mark.bounding_box()
        assert box is not None
        assert box["width"] > 4
        assert mark.evaluate("mark => getComputedStyle(mark).stroke") == "rgb(0, 104, 165)"
    with opened(browser, usual, color_scheme="dark") as window:
        assert window.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 23, 29)"
        mark = window.locator("#trade figure svg a path").first
        assert mark.evaluate("mark => getComputedStyle(mark).stroke") == "rgb(98, 181, 234)"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_mark_opens_its_evidence_where_the_reader_is_and_closes_again(
    browser: Browser, usual: Path, size: dict[str, int]
) -> None:
    with opened(browser, usual, size) as window:
        mark = window.locator("#corridors figure svg a").first
        mark.scroll_into_view_if_needed()
        anchor = mark.get_attribute("href")
        before = window.evaluate("scrollY")
        mark.locator(".touch").click()
        note = window.locator(f"article{anchor}")
        assert note.evaluate("note => getComputedStyle(note).position") == "fixed"
        assert window.evaluate("scrollY") == before
        box = note.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] > 0
        assert round(box["y"] + box["height"]) <= size["height"]
        assert "Middle Corridor" in note.inner_text()
        note.get_by_label("Close evidence").click()
        assert note.evaluate("note => getComputedStyle(note).position") == "relative"
        assert window.evaluate("scrollY") == before


def test_a_number_in_a_table_opens_its_evidence_by_keyboard(browser: Browser, usual: Path) -> None:
    with opened(browser, usual) as window:
        value = window.locator("#trade table a.value").last
        value.focus()
        window.keyboard.press("Enter")
        assert window.locator("article:target").count() == 1
        window.keyboard.press("Tab")
        assert window.evaluate("document.activeElement.className") == "close"


@pytest.mark.parametrize("which", ["usual", "hostile"])
def test_a_phone_is_wide_enough(browser: Browser, which: str, request: pytest.FixtureRequest) -> None:
    with opened(browser, request.getfixturevalue(which), PHONE) as window:
        assert window.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_panel_keeps_to_its_column_when_its_table_is_open(browser: Browser, usual: Path, size: dict[str, int]) -> None:
    with opened(browser, usual, size) as window:
        window.evaluate("document.querySelectorAll('.panel details').forEach((each) => { each.open = true })")
        wider = "(all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).length"
        assert count(window, ".panels > .panel figcaption") > 0
        assert window.eval_on_selector_all(".panels > .panel, .panels > .panel > figcaption", wider) == 0


def test_a_table_of_figures_that_is_open_is_shown_whole_on_a_desktop(browser: Browser, usual: Path) -> None:
    with opened(browser, usual) as window:
        cut = "(all) => all.filter((each) => each.scrollWidth > each.clientWidth).length"
        assert count(window, ".panel details .scroll") > 1
        for place in range(count(window, ".panel details")):
            window.evaluate(f"document.querySelectorAll('.panel details')[{place}].open = true")
        assert window.eval_on_selector_all(".panel details .scroll", cut) == 0


def test_names_in_charts_are_large_enough_to_read_on_a_phone(browser: Browser, usual: Path) -> None:
    with opened(browser, usual, PHONE) as window:
        for text in window.locator("figure svg text").all():
            assert text.evaluate("text => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize)") > 10


def test_print_holds_every_note(browser: Browser, usual: Path) -> None:
    with opened(browser, usual) as window:
        window.emulate_media(media="print")
        notes = window.locator("article.note")
        assert notes.count() > 5
        assert all(note.is_visible() for note in notes.all())
        assert not window.locator("nav").is_visible()
        assert len(window.pdf(format="A4")) > 10_000


def test_a_hostile_page_has_the_elements_of_any_other(browser: Browser, usual: Path, hostile: Path) -> None:
    elements = "[...new Set([...document.querySelectorAll('*')].map(element => element.localName))].sort()"
    with opened(browser, usual) as window:
        known = set(window.evaluate(elements))
    with opened(browser, hostile) as window:
        assert set(window.evaluate(elements)) - known <= {"s", "li"}
        assert window.evaluate("document.title").startswith("Trade, freight and agreements")
        assert count(window, "h1") == 1
        assert window.evaluate("[...document.querySelectorAll('a')].every(link => link.getAttribute('href')[0] === '#')")
        window.locator("#corridors svg a .touch").first.click()
        assert "<script>alert(1)</script>" in window.locator("article:target").inner_text()


def contrast(window: Page, selector: str) -> float:
    """The least contrast between the text of such elements and what is behind them."""
    return float(
        window.evaluate(
            """selector => {
                const light = colour => {
                    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255);
                    const [r, g, b] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const behind = element => {
                    const colour = getComputedStyle(element).backgroundColor;
                    return colour === 'rgba(0, 0, 0, 0)' && element.parentElement ? behind(element.parentElement) : colour;
                };
                return Math.min(...[...document.querySelectorAll(selector)].map(element => {
                    const style = getComputedStyle(element);
                    const ink = element.namespaceURI.endsWith('svg') ? style.fill : style.color;
                    const [a, b] = [light(ink), light(behind(element))].sort((x, y) => y - x);
                    return (a + 0.05) / (b + 0.05);
                }));
            }""",
            selector,
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(browser: Browser, usual: Path, scheme: str) -> None:
    with opened(browser, usual, color_scheme=scheme) as window:
        for selector in (
            "p",
            "td",
            "th",
            "a:not(svg a)",
            "summary",
            "mark",
            ".doubt",
            ".kind",
            ".meta",
            ".flag",
            "figure svg text",
        ):
            if count(window, selector):
                assert contrast(window, selector) >= 4.5, selector
