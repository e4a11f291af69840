"""The page in a browser: offline, drawn, readable at every width, in light, dark and print, and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from glasshouse.report.html import write_demo_index
from glasshouse.report.read import read_run
from glasshouse.report.sections import sections
from tests.report.fixture import make_run

pytestmark = pytest.mark.browser
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {"phone": 360, "tablet": 768, "desktop": 1280}
LARGE = 20_000  # bytes; an empty page's picture is far smaller


@dataclass
class Opened:
    """A page with everything that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


def open_page(browser: Browser, path: Path, width: int = 1280, scheme: str = "light") -> Opened:
    """Open a page offline and wait until every chart is drawn."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)  # type: ignore[arg-type]
    page = context.new_page()
    opened = Opened(page)
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-drawn=all]", timeout=30_000)
    return opened


@pytest.fixture(scope="module")
def desktop(browser: Browser, run_folder: Path) -> Iterator[Opened]:
    opened = open_page(browser, run_folder / "report.html")
    yield opened
    opened.page.context.close()


def test_it_opens_offline_with_no_request_and_no_complaint(desktop: Opened, run_folder: Path) -> None:
    assert desktop.requests == [(run_folder / "report.html").as_uri()]
    assert desktop.complaints == []


def test_the_policy_stops_a_fetch(browser: Browser, run_folder: Path) -> None:
    opened = open_page(browser, run_folder / "report.html")
    refused = opened.page.evaluate("fetch('https://example.invalid/').then(() => 'fetched', () => 'refused')")
    assert refused == "refused"
    assert any("Content Security Policy" in text for text in opened.complaints)
    opened.page.context.close()


def test_every_chart_is_drawn(desktop: Opened, run_folder: Path) -> None:
    ids = [b.id for s in sections(read_run(run_folder)) for b in s.blocks if b.kind == "figure"]
    for name in ids:
        svg = desktop.page.locator(f"#chart-{name} svg")
        assert svg.count() == 1, name
        box = svg.bounding_box()
        assert box is not None and box["width"] > 400 and box["height"] > 60, name
        assert svg.locator("path, line, text").count() > 4, name
    assert desktop.page.locator("figure").count() == len(ids)


def test_the_span_is_hatched_and_chance_is_filled(desktop: Opened) -> None:
    fills = desktop.page.locator("#chart-headline svg path").evaluate_all("paths => paths.map(p => p.getAttribute('fill'))")
    assert "url(#hatch-span)" in fills
    assert "var(--chance)" in fills
    assert desktop.page.locator("#hatch-span").count() == 1


def test_every_chart_has_summary_table_and_csv(desktop: Opened) -> None:
    for figure in desktop.page.locator("figure").all():
        assert len(figure.locator(".summary").inner_text()) > 20
        figure.locator("details summary").click()
        assert figure.locator("table tbody tr").first.is_visible()
        with desktop.page.expect_download() as download:
            figure.locator("a.csv").click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert download.value.suggested_filename.endswith(".csv")
        assert text.count("\n") >= figure.locator("table tbody tr").count() + 1
        figure.locator("details summary").click()
    assert desktop.complaints == []


NEW_FIGURES = ("errors", "ties", "appeals", "procedure", "forgone", "standing", "mended")
STANDING_TABLES = ("through-ties", "waits", "responses", "children")


def test_errors_ties_remedies_and_responses_are_drawn_with_table_and_csv(desktop: Opened) -> None:
    page = desktop.page
    for name in NEW_FIGURES:
        assert page.locator(f"#chart-{name} svg path").count() > 2, name
        assert page.locator(f"#table-{name} tbody tr").count() > 2, name
        assert page.locator(f"#{name} a.csv").get_attribute("href").startswith("data:text/csv"), name  # type: ignore[union-attr]
    for name in STANDING_TABLES:
        assert page.locator(f"#table-{name} tbody tr").first.is_visible(), name
        with page.expect_download() as download:
            page.locator(f".standing-table:has(#title-{name}) a.csv").click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert text.count("\n") == page.locator(f"#table-{name} tbody tr").count() + 1, name


def test_bars_to_the_left_and_to_the_right_of_the_line(desktop: Opened) -> None:
    """What errors take away is drawn on the other side of nought."""
    boxes = desktop.page.locator("#chart-errors svg path[fill='var(--c4)'], #chart-errors svg path[fill='var(--spared)']").evaluate_all(
        "paths => paths.map(p => [p.getAttribute('fill'), p.getBoundingClientRect().left, p.getBoundingClientRect().right])"
    )
    added = [b for b in boxes if b[0] == "var(--c4)"]
    taken = [b for b in boxes if b[0] == "var(--spared)"]
    assert len(added) == 1 and len(taken) == 2
    assert all(right <= added[0][1] + 1 for _, _, right in taken)


def test_labels_point_at_what_exists(desktop: Opened) -> None:
    dangling = desktop.page.evaluate(
        """() => [...document.querySelectorAll('[aria-labelledby], [aria-describedby]')].flatMap(e =>
            [e.getAttribute('aria-labelledby'), e.getAttribute('aria-describedby')].filter(Boolean)
            .filter(id => !document.getElementById(id)?.textContent.trim()))"""
    )
    assert dangling == []
    assert desktop.page.locator("[role=img]:not([aria-labelledby])").count() == 0
    twice = desktop.page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i) }"
    )
    assert twice == []


def test_headings_are_in_order(desktop: Opened) -> None:
    levels = desktop.page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_everything_that_acts_is_reached_by_keyboard(browser: Browser, run_folder: Path) -> None:
    page = open_page(browser, run_folder / "report.html").page
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
            .filter(e => e.checkVisibility()).map((e, i) => (e.dataset.stop = String(i)))"""
    )
    reached = []
    for _ in range(len(wanted) + 2):
        page.keyboard.press("Tab")
        stop = page.evaluate("() => document.activeElement?.dataset?.stop ?? null")
        if stop is None:
            break
        reached.append(stop)
    assert reached == wanted
    page.locator("#headline summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#headline table").is_visible()
    page.keyboard.press("Enter")
    assert not page.locator("#headline table").is_visible()
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_nothing_overflows(browser: Browser, run_folder: Path, tmp_path: Path, width: int) -> None:
    opened = open_page(browser, run_folder / "report.html", width)
    page = opened.page
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll, svg, .hidden'))
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName)"""
    )
    assert wide == []
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.chart')].filter(c => {
            const room = c.getBoundingClientRect();
            return [...c.querySelectorAll('text')].some(t => { const b = t.getBoundingClientRect();
                return b.width && (b.right > room.right + 2 || b.left < room.left - 2) }) }).map(c => c.id)"""
    )
    assert cut == []
    shot = page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert len(shot) > LARGE
    page.context.close()


def test_dark_restyles_page_and_charts(browser: Browser, run_folder: Path) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        opened = open_page(browser, run_folder / "report.html", scheme=scheme)
        seen[scheme] = opened.page.evaluate(
            """() => [getComputedStyle(document.querySelector('main')).backgroundColor,
                getComputedStyle(document.querySelector('#chart-headline svg text')).fill]"""
        )
        assert len(opened.page.screenshot()) > LARGE
        opened.page.context.close()
    assert seen["light"][0] == "rgb(255, 255, 255)"
    assert seen["dark"][0] == "rgb(25, 28, 32)"
    assert seen["light"][1] != seen["dark"][1]


def test_print_opens_every_table_and_is_light(browser: Browser, run_folder: Path, tmp_path: Path) -> None:
    opened = open_page(browser, run_folder / "report.html", scheme="dark")
    page = opened.page
    pdf = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") >= 8
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("figure details:not([open])").count() == 0
    assert page.locator("#table-headline").is_visible()
    assert page.locator("nav").is_hidden()
    assert page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#ffffff"
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.locator("figure details[open]").count() == 0
    page.context.close()


def test_the_page_says_what_it_can_without_scripts(browser: Browser, run_folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((run_folder / "report.html").as_uri())
    assert page.locator("noscript p").is_visible()
    page.locator("#headline summary").click()
    assert page.locator("#table-headline").is_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_two_runs_side_by_side(browser: Browser, tmp_path: Path, width: int) -> None:
    folders = [make_run(tmp_path / name, scheme_id=name, status=status) for name, status in (("one", "operating"), ("two", "hypothetical"))]
    opened = open_page(browser, write_demo_index(folders, tmp_path / "index.html"), width)
    assert len(opened.requests) == 1
    assert opened.complaints == []
    assert opened.page.locator(".chart svg").count() == 6
    assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width
    tops = {
        name: [opened.page.locator(f"#chart-{run}-{name}").bounding_box() for run in ("one", "two")]
        for name in ("headline", "baselines", "classes")
    }
    for name, (left, right) in tops.items():
        assert left and right, name
        assert (left["y"] == right["y"]) == (width == WIDTHS["desktop"]), f"{name}: two columns stand row by row, one column does not"
    assert opened.page.locator("#chart-two-headline svg").get_by_text("HYPOTHETICAL").count() == 1
    opened.page.context.close()
