import re

import pytest

from data.formatting import QUALITY
from data.glossary import COLUMNS, QUALITY_MEANING, SECTIONS, SOFT_HYPHEN, TERMS, Term, head, label, term
from data.snapshot.standings import STANDINGS_COLUMNS
from layouts.explanation import CONTENTS

each_term = pytest.mark.parametrize("one", TERMS.values(), ids=TERMS.keys())


@each_term
def test_a_meaning_is_one_plain_sentence(one: Term) -> None:
    assert re.fullmatch(r"[A-Z][^.!?]*(?:1\.000[^.!?]*)?\.", one.meaning), one.meaning
    assert len(one.meaning) <= 125
    assert one.key not in one.meaning


def test_no_two_terms_share_a_word_or_an_anchor() -> None:
    terms = [each for terms in SECTIONS.values() for each in terms]
    assert len(terms) == len(TERMS)
    for words in ([each.label for each in terms], [each.head for each in terms], [each.anchor for each in terms]):
        assert len(set(words)) == len(words)
    assert not {each.anchor for each in terms} & set(CONTENTS)
    assert not set(TERMS) & set(COLUMNS)


def test_no_term_is_called_what_another_may_not_be_called() -> None:
    forbidden = {word for each in TERMS.values() for word in each.instead_of}
    assert len(forbidden) > 15
    used = " ".join(f"{each.label} {each.meaning} {each.more} {each.formula}" for each in TERMS.values()).lower()
    assert {word for word in forbidden if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", used)} == set()


def test_a_head_is_the_short_label_and_a_label_has_no_hyphens() -> None:
    assert (label("share"), head("share")) == ("Aandeel gehuisvest", "Aandeel")
    assert head("net_target").replace(SOFT_HYPHEN, "") == label("net_target") == "Taakstelling"
    assert label("gm_code") == head("gm_code") == "Gemeentecode"
    assert not any(SOFT_HYPHEN in each.label for each in TERMS.values())


def test_a_term_leads_to_its_explanation() -> None:
    assert term("net_target").path == "/uitleg#taakstelling"
    assert term("missed").anchor == "halfjaren-op-rij-niet-gehaald"


def test_every_column_and_quality_has_words() -> None:
    assert all(map(label, STANDINGS_COLUMNS))
    assert list(QUALITY_MEANING) == list(QUALITY)
