"""HTML: what a reader sees, where it stands in the markup, and what is the article."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.errors import UnreadableInputError
from pipeline.extraction import Extraction, read_out
from pipeline.reading import from_html, from_text
from pipeline.reading.hinting import hint_lines
from pipeline.reading.html import read_html
from pipeline.reading.locating import locate
from pipeline.reading.mojibake import mend
from pipeline.reading.rendering import render
from pipeline.reading.views import view_of
from pipeline.records import Span
from pipeline.stages.blocks.hints import label_with_hints

PAGE = """<!doctype html><title>Ferry to run all winter - Tarn News</title>
<nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>
<h1>Ferry to run all winter</h1>
<p class="byline">By <a rel=author href=/rowe>Sam Rowe</a></p>
<figure><img src=a.jpg><figcaption>The ferry at the pier in Tarn.</figcaption></figure>
<p>The island ferry will sail every day this winter, the harbour board&rsquo;s
   chairwoman <b>Anna</b> Brook said on Monday, after years of talks about it.</p>
<p><q>We have listened, &amp; we <i>will</i> act,</q> she told residents there.</p>
<h2>Timetable</h2>
<p>Tarn Council said the pier would be mended by May and that no money was lost.</p>
<aside><h3>More</h3><a href=/bridge>Bridge reopens after ten years of work</a></aside>
<footer>&copy; Tarn News</footer>"""


@pytest.mark.parametrize(
    ("markup", "shown", "why"),
    [
        ("a &amp; b", "a & b", "a reference stands for one character"),
        ("a &ampb &bogus; &#0;", "a &b &bogus; \ufffd", "bad references, as browsers"),
        ("Br<b>oo</b>k", "Brook", "tags do not part a word"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree", "line breaks"),
        ("<p>one<p>two<div>three", "one\n\ntwo\nthree", "paragraphs, unclosed"),
        ("<ul><li>one<li>two</ul>", "one\ntwo", "a line for each item"),
        ("<table><tr><td>a<td>b<tr><td>c", "a\nb\nc", "a line for each cell"),
        ("  a \n\t b <b> c</b> ", "a b c", "white space is folded"),
        ("<pre>a\n  b</pre>", "a\n  b", "but not where it is set"),
        ("a&nbsp;&nbsp;b", "a\u00a0\u00a0b", "nor where it is no break"),
        ("<q>No,</q> she said", "“No,” she said", "marks that browsers add"),
        ("<q>a <q>b</q></q>", "“a ‘b’”", "the inner ones are single"),
        ("<q>“No,”</q> she said", "“No,” she said", "none are added twice"),
        ("<q>&ldquo;No&rdquo;</q>", "“No”", "nor where they are references"),
        ("a<script>if (1<2) '<p>'</script>b", "ab", "scripts are not shown"),
        ("a<!-- <p>b --><!-->c", "ac", "comments neither"),
        ("<title>T</title><style>p{}</style>a", "a", "titles and styles neither"),
        ("a<svg><text>b</text></svg>c<noscript>d</noscript>", "ac", "nor pictures"),
        ("a<svg>b", "ab", "what is not closed is taken as not there"),
        ("a <b c", "a", "a tag that does not end"),
        ('a <b c="d>e</b> f', "a e f", "a mark that does not end costs its tag only"),
        ("a < b > c <3", "a < b > c <3", "brackets that are none of tags"),
        ("<a title=\"x>y\" alt='>'>b</a>", "b", "brackets inside marks"),
        ("<a title=it's>b</a> c's", "b c's", "an apostrophe opens nothing"),
        ("</p x>a</>b</ c>d", "abd", "odd end tags"),
        ("<blockquote>a</blockquote>b", "a\n\nb", "quoted paragraphs"),
        ("£2,000.<sup>1</sup> He", "£2,000. [1] He", "a note is no part of a sum"),
        ("no<sup><a href=#n>[2]</a></sup>, he", "no [2], he", "a note that is a link"),
        ("no<sup>†</sup> he", "no † he", "a note without a number"),
        ("no<sup>3</sup>He", "no [3] He", "a note between words"),
        ("no <sup>4</sup>", "no [4]", "one blank is enough"),
        ("<p>a</p><sup>5</sup>", "a\n\n[5]", "and none at the start of a line"),
        ("2 km<sup>2</sup>", "2 km2", "a power stays with its unit"),
        ("the 1<sup>st</sup> of May", "the 1st of May", "raised letters as they are"),
        ("a<sup>1", "a [1", "a piece of a page may end in it"),
        ("a<sup>1 of b", "a1 of b", "what is not closed is no note"),
    ],
)
def test_a_reader_sees(markup: str, shown: str, why: str) -> None:
    assert render(markup).text.rstrip() == shown, why


FRAGMENTS = (
    *("<p>", "</p>", "<b>", "</b>", "<q>", "</q>", "<br>", "<li>", "<td>", "<h1>"),
    *("<pre>", "</pre>", "<script>", "</script>", "<!--", "-->", "<svg>", "</svg>"),
    *("<a href='", '<a b="', ">", "<", "&amp;", "&ldquo;", "&#x26;", "&#xd800;", "&"),
    *("<sup>", "</sup>", "<sup>1</sup>", "<sup><a>[2]</a></sup>"),
    *("Anna Brook said ", "the weir would hold. ", '"', "\r\n", "\0", "\u00a0", "é"),
)
markups = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40).map(
    "".join
)


@settings(max_examples=300)
@given(markup=markups)
@example(markup="<q>a </q> b")
@example(markup="<p>a<br> <q>")
def test_every_character_has_its_source(markup: str) -> None:
    rendering = render(markup)
    reached = 0
    for at, character in enumerate(rendering.text):
        source = rendering.offsets.to_source(at, at + 1)
        assert 0 <= source.start <= source.end <= len(markup)
        assert source.start >= reached or source.end == reached
        reached = max(reached, source.start)
        passage = source.of(markup)
        if not character.isspace() and not re.search("[<&]", passage):
            assert passage == character
    assert rendering.text.count("\n\n\n") == 0 or "<pre>" in markup


def _check(extraction: Extraction, markup: str) -> None:
    """Every span is its passage to the character, or is flagged."""
    document = extraction.document
    for entity in document.entities:
        same = markup[entity.start : entity.end] == entity.exact
        assert same or "markup" in document.flags
    for claim in extraction.claims:
        spans = [*claim.content, *claim.mentions, *claim.figures, *claim.dates]
        spans += [*claim.appearances, *filter(None, (claim.cue, claim.source))]
        for span in spans:
            assert 0 <= span.start < span.end <= len(markup)
            same = markup[span.start : span.end] == span.exact
            assert same or "markup" in claim.flags
            shown = render(markup[span.start : span.end]).text
            assert shown.split() == span.exact.split() or "markup" in claim.flags


@settings(max_examples=25)
@given(markup=markups.map(lambda some: f"{PAGE}<p>{some}"))
def test_every_span_is_exact_or_flagged(nlp: Language, markup: str) -> None:
    try:
        document = from_html(markup)
    except UnreadableInputError:
        return  # half a character, which no file holds
    extraction = read_out(document, nlp)
    assert extraction.document.text == markup
    _check(extraction, markup)


def test_spans_lead_into_the_markup(nlp: Language) -> None:
    extraction = read_out(from_html(PAGE), nlp)
    _check(extraction, PAGE)
    by_name = {claim.speaker.name: claim for claim in extraction.claims}
    plain = by_name["Tarn Council"].content[0]
    assert plain.exact.startswith("the pier would be mended")
    assert PAGE[plain.start : plain.end] == plain.exact
    assert "markup" not in by_name["Tarn Council"].flags
    marked = next(claim for claim in extraction.claims if "listened" in claim.text)
    assert "markup" in marked.flags
    assert marked.text == "We have listened, & we will act."
    assert marked.type == "direct"
    (segment,) = marked.content
    assert PAGE[segment.start : segment.end].startswith("<q>We have listened, &amp;")
    assert segment.exact == "“We have listened, & we will act,”"


def test_the_page_is_labelled_and_nothing_is_lost() -> None:
    page = read_html(PAGE)
    blocks = label_with_hints(page.text, page.hints)
    labels = {block.of(page.text): block.label for block in blocks}
    assert labels["Ferry to run all winter"] == "headline"
    assert labels["By Sam Rowe"] == "byline"
    assert labels["The ferry at the pier in Tarn."] == "caption"
    assert labels["Timetable"] == "subheading"
    assert labels["Bridge reopens after ten years of work"] == "related"
    assert labels["© Tarn News"] == "furniture"
    body = " ".join(text for text, label in labels.items() if label == "body")
    assert "sail every day" in body
    assert "no money was lost" in body
    covered = {at for block in blocks for at in range(block.start, block.end)}
    rest = {at for at in range(len(page.text)) if at not in covered}
    assert all(page.text[at].isspace() for at in rest)


def test_the_title_is_the_headline_and_the_page_says_who_and_when() -> None:
    facts = (
        '<meta property="og:site_name" content="Tarn News">'
        '<script type="application/ld+json">{"@context": "https://schema.org", '
        '"@type": "NewsArticle", "headline": "Ferry to run all winter", '
        '"datePublished": "2024-05-02T23:30:00+01:00", '
        '"author": {"@type": "Person", "name": "Sam Rowe"}}</script>'
    )
    document = from_html(facts + PAGE, url="https://news.example/ferry")
    assert (document.byline, document.published) == ("Sam Rowe", "2024-05-02")
    assert (document.outlet, document.url) == (
        "Tarn News",
        "https://news.example/ferry",
    )
    assert view_of(document).title(document) == "Ferry to run all winter"


FIRST = "The ferry will sail all winter, the harbour board said on Monday."
LAST = "Tarn Council said the pier would be mended by May."


def _labels(markup: str, *article: str) -> dict[str, str]:
    """Return what the markup settles, where these passages are the article."""
    page = render(markup)
    starts = [(page.text.index(passage), passage) for passage in article]
    spans = [Span(start=at, end=at + len(passage)) for at, passage in starts]
    return {hint.of(page.text): hint.label for hint in hint_lines(page, spans)}


@pytest.mark.parametrize(
    ("item", "is_taken_in", "why"),
    [
        ("<li>The fare will stay at £2, she said.</li>", True, "a sentence"),
        ("<li>“No one will pay more than £2.”</li>", True, "a quoted one"),
        ("<li>Sign up to our letter of the day</li>", False, "no sentence"),
        ("<li>Read it here.</li>", False, "too short to tell"),
        ("<li><a href=/b>Bridge opens.</a> It took ten years.</li>", False, "a teaser"),
        ("<div>The fare will stay at £2, she said.</div>", False, "no item"),
    ],
)
@pytest.mark.parametrize("article", [[FIRST], [FIRST, LAST]], ids=["end", "middle"])
def test_items_of_a_list_in_the_article(
    item: str, article: list[str], is_taken_in: bool, why: str
) -> None:
    labels = _labels(f"<p>{FIRST}</p><ul>{item}</ul><p>{LAST}</p>", *article)
    taken = {text for text, label in labels.items() if label == "body"}
    assert (taken > set(article)) is is_taken_in, why


@pytest.mark.parametrize("tag", ["cite", "footer"])
def test_who_is_quoted_in_a_passage_set_apart_is_named_behind_it(tag: str) -> None:
    said = "We have listened to the island."
    quoted = f"<blockquote><p>{said}</p><{tag}>— Anna Brook</{tag}></blockquote>"
    labels = _labels(f"<p>{FIRST}</p>{quoted}<p>{LAST}</p>", FIRST, said, LAST)
    assert labels["— Anna Brook"] == "body"
    apart = f"<p>{said}</p><{tag}>— Tarn News</{tag}>"
    labels = _labels(f"{apart}<p>{LAST}</p>", said, LAST)
    assert labels["— Tarn News"] == "furniture"


@pytest.mark.parametrize(
    ("title", "before", "tag", "label", "why"),
    [
        ("", "", "h1", "headline", "the one main heading above the article"),
        ("", f"<p>{FIRST}</p>", "h1", "headline", "or behind its first line"),
        ("", f"<p>{FIRST}</p>", "h2", "subheading", "one that is not the main one"),
        (
            "",
            f"<p>{FIRST}</p><h1>The other heading here</h1>",
            "h1",
            None,
            "two that may be",
        ),
        (
            "Island ferry to run - Tarn News",
            f"<p>{FIRST}</p>",
            "h2",
            "subheading",
            "a title that is another",
        ),
        (
            "Island ferry to run",
            f"<p>{FIRST}</p>",
            "h2",
            "headline",
            "a title that is cut short",
        ),
        ("Island ferry", f"<p>{FIRST}</p>", "h2", "subheading", "cut too short"),
    ],
)
def test_the_headline(
    title: str, before: str, tag: str, label: str | None, why: str
) -> None:
    heading = "Island ferry to run all winter"
    page = f"<title>{title}</title>{before}<{tag}>{heading}</{tag}><p>{LAST}</p>"
    labels = _labels(page, *([FIRST] if before else []), LAST)
    assert (labels[heading] if label else "headline" in labels.values()) == (
        label or False
    ), why


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<script>let said = 1</script>", id="nothing shown"),
        pytest.param("<p> \n<img src=a.jpg>", id="a picture"),
        pytest.param("<!-- Anna Brook said so.", id="a comment without end"),
    ],
)
def test_a_page_without_text_is_refused(toy_nlp: Language, markup: str) -> None:
    with pytest.raises(UnreadableInputError, match="shows no text"):
        read_out(from_html(markup), toy_nlp)


DEEP = 100_000
SAID = "<p>Anna Brook said that the weir would hold and that nobody need worry.</p>"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        pytest.param("<div>" * DEEP + SAID, "Anna Brook", id="tags that stay open"),
        pytest.param("<i>" * DEEP + SAID + "</i>" * DEEP, "Anna Brook", id="deep tags"),
        pytest.param(SAID + "<q>" * DEEP, "“‘“", id="marks that stay open"),
        pytest.param(SAID + '"' * 1_000_000, '"' * 9, id="a megabyte of marks"),
        pytest.param(SAID + "<a href='" * DEEP, "Anna Brook", id="links without end"),
        pytest.param(SAID + "<a x='\">" * 9_999, "Anna Brook", id="marks in tags"),
        pytest.param(SAID + "<!--" * DEEP, "Anna Brook", id="comments without end"),
        pytest.param(SAID + "<svg>" * DEEP, "Anna Brook", id="pictures without end"),
        pytest.param(SAID + "&#x;&bogus;&" * 9_999, "&bogus;&", id="bad references"),
        pytest.param(SAID + "&#" + "9" * DEEP, "9" * 99, id="a number without end"),
        pytest.param(SAID + "<" * DEEP, "<" * 99, id="brackets"),
        pytest.param(SAID + " \n" * DEEP, "Anna Brook", id="white space"),
        pytest.param(SAID + "a" * DEEP, "a" * 99, id="a word without end"),
        pytest.param(
            "\0" * 999 + SAID + "\0", "Anna Brook", id="characters of no text"
        ),
    ],
)
def test_no_page_is_too_odd(markup: str, shown: str) -> None:
    """Each takes a second or less; were time not linear, some would take hours."""
    page = read_html(markup)
    assert shown in page.text
    assert label_with_hints(page.text, page.hints)


def test_a_line_in_a_menu_is_not_taken_for_the_articles() -> None:
    paragraph = "The mill in the valley will close in May after ninety years of work."
    text = f"Sport\nMill\n{paragraph}\nSport\n{paragraph} It was said.\nSport"
    mill, first, sport = locate(text, ["Mill", paragraph, "SPORT"])
    assert mill is not None
    assert first is not None
    assert sport is not None
    assert mill.start < first.start < sport.start


def test_a_line_that_was_changed_is_found_in_parts_or_not_at_all() -> None:
    sentences = [f"The owners of mill {n} said that it would close." for n in range(9)]
    text = "\n".join(sentences)
    row = "| " + " ".join([*sentences[:4], *sentences[5:]])
    found = [span.of(text) for span in locate(text, [row]) if span]
    assert len(found) == 8
    assert locate(text, ["No such line was ever printed on this page, nor said."]) == [
        None
    ]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("The cafÃ© said no.", "The café said no."),
        ("â€œNoâ€\u009d, she saidâ€¦", None),
        ("“No,” said Zoë – 5½ °C", "“No,” said Zoë – 5½ °C"),
        ("Â£30m for Tarn", "£30m for Tarn"),
    ],
)
def test_mojibake_is_mended_and_nothing_else(broken: str, mended: str | None) -> None:
    found = mend(broken)
    text = found[0] if found else broken
    if mended is not None:
        assert text == mended
    for at, character in enumerate(text if found else ""):
        source = found[1].to_source(at, at + 1).of(broken)
        assert source == character or not source.isascii()


def test_claims_of_a_text_with_mojibake_are_exact_and_flagged(nlp: Language) -> None:
    text = "Anna Brook said the cafÃ© would cost Â£30m.\n\nTom Vale said no more."
    extraction = read_out(from_text(text), nlp)
    assert extraction.document.text == text
    claim = next(one for one in extraction.claims if "caf" in one.text)
    assert claim.text == "the café would cost £30m"
    assert "mojibake" in claim.flags
    for segment in claim.content:
        assert text[segment.start : segment.end] == segment.exact
