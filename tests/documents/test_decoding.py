"""Bytes to text: every encoding round-trips, and nothing is ever replaced in silence."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.decoding import Undecodable, decode

TEXT = "Türkiye’s exports – 5 €m\r\nto Қазақстан\n"
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1).filter(
    lambda text: not text.isspace()
)


def reason(content: bytes) -> str:
    result = decode(content)
    assert isinstance(result, Undecodable)
    return result.reason


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_a_text_comes_through_whole_with_its_line_ends(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == TEXT


@given(text=printable, encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_with_a_mark_comes_through(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(text=printable)
def test_any_utf8_comes_through_unless_it_looks_like_another_format(text: str) -> None:
    result = decode(text.encode("utf-8"))
    assert result == text or isinstance(result, Undecodable)


def test_windows_1252_is_the_last_resort() -> None:
    assert decode("“Déjà vu” – 5 € a tonne".encode("windows-1252")) == "“Déjà vu” – 5 € a tonne"


@pytest.mark.parametrize(
    "text",
    [
        "Les échanges extérieurs ont été réévalués à 3,4 milliards d’euros, a déclaré le ministère; des marchés ont été créés.",
        "Die Ausfuhren über die Häfen stiegen um fünf Prozent, größer als früher geschätzt; ÄÖÜ blieben erhalten.",
        "Útflutningur á fiski jókst og óþægindi urðu við höfnina í Þorlákshöfn þegar skipið kom með þúsund tonn.",
        "Jäääärsed sadamad töötasid “öösel”, ütles väliskaubanduse minister.",
        "Minister Guðmundsson said “exports rose” after Guðni and Sigurður had met in Oslo.",
        "La col·laboració de l’any “passat”: 10 m³ a 20 °C, ½ % més.",
        "été",
    ],
)
def test_western_texts_keep_their_accents(text: str) -> None:
    assert decode(text.encode("windows-1252")) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", "Экспорт пшеницы из Казахстана вырос на 12 процентов"),
        ("windows-1251", "The minister said “exports rose”. Путин agreed and promised further growth in the years to come."),
        ("koi8-r", "Экспорт пшеницы вырос на 12 процентов"),
        ("windows-1253", "Οι εξαγωγές αυξήθηκαν κατά 12 τοις εκατό το περασμένο έτος"),
        ("windows-1256", "ارتفعت الصادرات في العام الماضي بنسبة عشرة في المئة"),
        (
            "windows-1254",
            "Türkiye'nin dış ticaret hacmi geçen yıl yüzde beş arttı, dedi bakan Şimşek; görüşmelerde iş birliği ele alındı.",
        ),
        (
            "windows-1250",
            "Współpraca handlowa wzrosła o pięć procent, powiedział minister, łączna wartość jest większa niż w zeszłym roku.",
        ),
    ],
)
def test_another_encoding_is_refused_rather_than_turned_to_nonsense(encoding: str, text: str) -> None:
    result = decode(text.encode(encoding))
    assert isinstance(result, Undecodable)
    assert result.reason == "encoding"
    assert result.detail.endswith("save it as UTF-8")


def test_bytes_that_are_nothing_at_all_are_refused() -> None:
    assert reason("déjà ".encode("windows-1252") + b"\x81\x8d") == "undecodable"


def test_damaged_utf8_is_refused_rather_than_turned_to_nonsense() -> None:
    assert reason(("Türkiye, Özbekistan, Қазақстан " * 3).encode()[:-2]) == "undecodable"


def test_a_broken_utf16_is_refused() -> None:
    assert reason(codecs.BOM_UTF16_LE + b"a\x00b") == "undecodable"


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
def test_nothing_but_white_space_is_empty(content: bytes) -> None:
    assert reason(content) == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04rest of an archive",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        b"a text with a \x00 in it, which is none",
        bytes(range(1, 32)) * 10,
        codecs.BOM_UTF8 + b"a\x00b",
    ],
)
def test_what_is_no_text_is_binary(content: bytes) -> None:
    assert reason(content) == "binary"


def test_the_control_characters_of_old_wire_copy_are_text() -> None:
    copy = "\x02GRAIN EXPORTS UP\x03\n    ZENDA, March 4 - " + "Exports rose to five mln tonnes. " * 20
    assert decode(copy.encode()) == copy


def test_a_replacement_character_of_the_source_itself_stays() -> None:
    assert decode("exports \ufffd rose".encode()) == "exports \ufffd rose"


@given(content=st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_reason(content: bytes) -> None:
    result = decode(content)
    if isinstance(result, str):
        assert result.strip()
        assert (
            "\ufffd" not in result or "\ufffd".encode() in content or content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        )
        result.encode("utf-8")
    else:
        assert result.detail
