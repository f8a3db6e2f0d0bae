"""Claims shown to people: in a terminal, through a pipe, and as a page."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.errors import BrokenRunError, UnknownClaimError
from pipeline.explaining.explanation import explanation
from pipeline.explaining.page import article_html
from pipeline.records import (
    Block,
    Claim,
    DateSpan,
    Document,
    DocumentRecord,
    Exact,
    Figure,
    IdentityRecord,
    Post,
    Producer,
    SaidOn,
    Speaker,
)
from pipeline.runs import document_of, find_claim, read_articles
from pipeline.schema import to_line

TEXT = (
    "Menu <b>Home</b>\n\n"
    "Weir <will> hold\n\n"
    "Board chairwoman Anna Brook said the weir would hold 40 boats until 2030.\n\n"
    "Nobody asked why."
)
MakeDocument = Callable[..., Document]
MakeClaim = Callable[..., Claim]


def _at(passage: str) -> dict[str, int]:
    start = TEXT.index(passage)
    return {"start": start, "end": start + len(passage)}


@pytest.fixture
def claim(make_document: MakeDocument, make_claim: MakeClaim) -> Claim:
    found = make_claim(
        make_document(TEXT),
        "the weir would hold 40 boats until 2030",
        cue="said",
        source="Anna Brook",
    )
    return replace(
        found,
        text_resolved="[Dale weir] would hold 40 boats until 2030",
        speaker=Speaker(
            id="p_anna-brook",
            kind="person",
            name="Anna Brook",
            role="chairwoman",
            organisation="Dale Board",
            resolution="named",
        ),
        appearances=(Exact(**_at("Weir <will> hold"), exact="Weir <will> hold"),),
        figures=(
            Figure(**_at("40"), exact="40", value=40.0, unit="boats", modifier="up to"),
        ),
        dates=(
            DateSpan(
                **_at("2030"),
                exact="2030",
                edtf=None,
                earliest=None,
                latest=None,
                modifier=None,
                anchor=None,
            ),
        ),
        said_on=SaidOn(edtf="2026-01-31", earliest=None, latest=None, basis="stated"),
        flags=("markup",),
    )


@pytest.fixture
def document(make_document: MakeDocument) -> DocumentRecord:
    made = make_document(TEXT)
    return DocumentRecord(
        id=made.id,
        source=made.source,
        title="Weir <will> hold",
        byline=None,
        url=None,
        published="2026-01-31",
        sha256=made.sha256,
        media_type=made.media_type,
        encoding=made.encoding,
        text=TEXT,
        blocks=(
            Block(**_at("Menu <b>Home</b>"), label="furniture", reason="menu"),
            Block(**_at("Weir <will> hold"), label="headline", reason="first"),
        ),
        identities=(
            IdentityRecord(
                id="p_anna-brook",
                kind="person",
                name="Anna Brook",
                aliases=("Ms Brook",),
                party=None,
                posts=(
                    Post(
                        role="chairwoman",
                        organisation="Dale Board",
                        **_at("chairwoman"),
                    ),
                ),
            ),
        ),
        claims=1,
        producer=Producer(name="en-news-claims", version="0", model="toy 0"),
    )


@pytest.fixture
def run(claim: Claim, document: DocumentRecord, tmp_path: Path) -> Path:
    (tmp_path / "claims.jsonl").write_bytes(to_line(claim))
    (tmp_path / "documents.jsonl").write_bytes(to_line(document))
    return tmp_path


def _invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


EXPECTED = [
    "claim       c_",
    "text        the weir would hold 40 boats until 2030",
    "resolved    [Dale weir] would hold 40 boats until 2030",
    "type        indirect · state",
    "passage     [again Weir <will> hold]",
    "passage     Board chairwoman [source Anna Brook] [cue said] [content the weir",
    "article     Weir <will> hold · notes/ferry.txt · 2026-01-31",
    "speaker     Anna Brook · person · chairwoman · Dale Board · resolved by named",
    "identity    p_anna-brook · Anna Brook · also Ms Brook",
    "post        chairwoman · Dale Board: …",
    "[post chairwoman] Anna Brook said",
    "figure      40: up to 40 boats",
    "date        2030: unresolved",
    "said on     2026-01-31 (stated)",
    "reason      written by hand",
    "confidence  content 0.50, speaker 0.50",
    "check       markup",
]


@pytest.mark.parametrize("line", EXPECTED)
def test_an_explanation_shows_the_evidence(
    claim: Claim, document: DocumentRecord, line: str
) -> None:
    assert line in explanation(claim, document).plain


def test_an_explanation_of_little_is_little(
    document: DocumentRecord, make_document: MakeDocument, make_claim: MakeClaim
) -> None:
    bare = make_claim(make_document(TEXT), "Nobody asked why")
    plain = explanation(replace(bare, reason=""), document).plain
    assert "speaker     unnamed unknown" in plain
    assert "identity" not in plain
    assert "reason      none given" in plain
    assert "check       nothing in particular" in plain


def test_a_terminal_gets_colours_and_a_pipe_none(
    claim: Claim, document: DocumentRecord
) -> None:
    text = explanation(claim, document)
    terminal = Console(force_terminal=True, color_system="standard", width=80)
    pipe = Console(file=StringIO(), force_terminal=False, width=80)
    for console, coloured in ((terminal, True), (pipe, False)):
        with console.capture() as captured:
            console.print(text)
        assert ("\x1b[" in captured.get()) is coloured


def test_the_command_prints_whole_plain_lines(run: Path, claim: Claim) -> None:
    result = _invoke("explain", claim.id, run)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert (
        "passage     Board chairwoman [source Anna Brook] [cue said] [content the"
        in (result.stdout)
    )
    assert result.stdout == _invoke("explain", claim.id[:3], run).stdout


def test_an_unknown_claim_is_one_clear_line(run: Path) -> None:
    result = _invoke("explain", "c_none", run)
    assert result.exit_code == 2
    assert "No claim begins with 'c_none'" in result.stderr


def test_an_ambiguous_id_names_no_claim(run: Path, claim: Claim) -> None:
    other = replace(claim, id=f"{claim.id}0")
    lines = to_line(claim) + to_line(other)
    (run / "claims.jsonl").write_bytes(lines)
    with pytest.raises(UnknownClaimError, match="2 claims have ids that begin"):
        find_claim(run, "c_")
    assert find_claim(run, claim.id) == claim


@pytest.mark.parametrize(
    "line", [b"{}\n", b"no\n", b'{"id": "c_1"}\n', b'{"id": "d_1"}\n', b"[]\n"]
)
def test_a_broken_run_says_so(run: Path, claim: Claim, line: bytes) -> None:
    (run / "documents.jsonl").write_bytes(line)
    with pytest.raises(BrokenRunError, match=r"documents\.jsonl"):
        document_of(run, claim)
    with pytest.raises(BrokenRunError, match=r"documents\.jsonl"):
        list(read_articles(run))
    (run / "claims.jsonl").write_bytes(line)
    with pytest.raises((BrokenRunError, UnknownClaimError)):
        find_claim(run, "c_1")


def test_a_claim_of_another_article_breaks_a_run(run: Path, claim: Claim) -> None:
    stray = replace(claim, document=replace(claim.document, id="d_2"))
    (run / "claims.jsonl").write_bytes(to_line(stray))
    with pytest.raises(BrokenRunError, match="not in its place"):
        list(read_articles(run))


class Page(HTMLParser):
    """The text, ids and links of a page, and whether its elements are closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element and its attributes."""
        self.tags.add(tag)
        if tag not in {"meta", "br"}:
            self._open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name == "href":
                self.links.append(str(value))

    def handle_endtag(self, tag: str) -> None:
        """See that it is the innermost element that ends."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take in the text."""
        self.text += data


def test_a_page_holds_the_article_to_the_character(
    claim: Claim, document: DocumentRecord
) -> None:
    page = Page(article_html(document, [claim]))
    assert TEXT in page.text
    assert page.tags.isdisjoint({"b", "will", "script"})
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_command_writes_one_page_without_scripts(run: Path) -> None:
    result = _invoke("show", run, "-o", run / "page.html")
    assert result.exit_code == 0, result.stderr
    assert "1 article shown" in result.stderr
    page = Page((run / "page.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert not [link for link in page.links if not link.startswith("#")]
    assert "Anna Brook, chairwoman, Dale Board" in page.text


def test_one_article_can_be_shown_alone(run: Path) -> None:
    arguments = ["-o", run / "page.html", "--document", "notes/ferry.txt"]
    result = _invoke("show", run, *arguments)
    assert "1 article shown" in result.stderr


def test_an_unknown_article_is_named_and_no_page_is_touched(run: Path) -> None:
    page = run / "page.html"
    page.write_text("an earlier page", encoding="utf-8")
    result = _invoke("show", run, "-o", page, "--document", "d_none")
    assert result.exit_code == 2
    assert "No article has the id or the source 'd_none'" in result.stderr
    assert page.read_text(encoding="utf-8") == "an earlier page"
    assert [it.name for it in run.iterdir() if it.suffix == ".part"] == []


MARKUP = """<!doctype html><html><head><title>Weir</title>
<style>p { color: red }</style><script>let tea = "cake";</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Weir &amp; bridge</h1>
<p>Council leader <b>Owen Marsh</b> said:
&ldquo;The <i>weir</i> will
hold &pound;40.&rdquo; Boats &lt;b&gt; came &amp; went.</p></article></body></html>
"""
#: What a reader of the page sees, and what stands for it in the markup.
PASSAGES = {
    "source": ("Council leader Owen Marsh", "Council leader <b>Owen Marsh</b>"),
    "cue": ("said", "said"),
    "content": (
        "The weir will hold £40",
        "The <i>weir</i> will\nhold &pound;40",
    ),
}


@pytest.fixture
def html_run(
    claim: Claim, document: DocumentRecord, make_document: MakeDocument, tmp_path: Path
) -> Path:
    made = make_document(MARKUP, source="weir.html")

    def placed(name: str) -> dict[str, int | str]:
        shown, markup = PASSAGES[name]
        start = MARKUP.index(markup)
        return {"start": start, "end": start + len(markup), "exact": shown}

    page = replace(
        document,
        id=made.id,
        source=made.source,
        sha256=made.sha256,
        media_type="text/html",
        text=MARKUP,
        blocks=(),
        identities=(),
    )
    found = replace(
        claim,
        document=replace(
            claim.document, id=made.id, source=made.source, media_type="text/html"
        ),
        text=PASSAGES["content"][0],
        content=(replace(claim.content[0], **placed("content")),),
        cue=replace(claim.cue, **placed("cue")),
        source=Exact(**placed("source")),
        appearances=(),
        figures=(),
        dates=(),
    )
    (tmp_path / "claims.jsonl").write_bytes(to_line(found))
    (tmp_path / "documents.jsonl").write_bytes(to_line(page))
    return tmp_path


def test_a_claim_of_a_page_is_explained_as_readers_see_it(html_run: Path) -> None:
    result = _invoke("explain", "c_", html_run)
    assert result.exit_code == 0, result.output
    passage = (
        "passage     [source Council leader Owen Marsh] [cue said]: "
        "“[content The weir will hold £40].”"
    )
    assert passage in result.stdout
    assert "tea" not in result.stdout


def test_a_page_is_shown_as_readers_see_it(html_run: Path) -> None:
    result = _invoke("show", html_run, "-o", html_run / "page.html")
    assert result.exit_code == 0, result.output
    written = (html_run / "page.html").read_text(encoding="utf-8")
    page = Page(written)
    assert "Weir & bridge\n\nCouncil leader Owen Marsh said: “The weir" in page.text
    assert "Boats <b> came & went." in page.text
    assert "tea" not in page.text
    assert '<span class="source">Council leader Owen Marsh</span>' in written
    assert ">The weir will hold £40</a>.”" in written
