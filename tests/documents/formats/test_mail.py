"""Mails: subject, sender and date, the best body, attachments, forwarded mails, and mails made to hurt."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.formats.child import converted
from pipeline.documents.formats.messages import Job
from pipeline.documents.formats.readers import reader_of
from tests.documents.formats.made import PARAGRAPHS, TITLE, article, read, refused, text_of
from tests.documents.formats.pdf_maker import lines, pdf

BODY = "\n\n".join(PARAGRAPHS)
UNDATED = BODY.replace("ASTANA, 12 May 2025 - ", "")


def mail(body: str = UNDATED, subject: str = TITLE) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Rudolf Elphberg <rudolf@courier.example>"
    message["To"] = "desk@example.org"
    message["Date"] = "Tue, 13 May 2025 23:30:00 +0500"
    if body:
        message.set_content(body)
    return message


def test_subject_sender_and_date_are_what_the_text_does_not_say() -> None:
    document = read(mail().as_bytes(), "a.eml")
    assert document.text == f"{TITLE}\n\n{UNDATED}"
    assert (document.title, document.author, str(document.published_on)) == (TITLE, "Rudolf Elphberg", "2025-05-13")
    assert str(read(mail(BODY).as_bytes(), "a.eml").published_on) == "2025-05-12"


def test_an_outlet_that_sends_is_the_publisher() -> None:
    message = mail()
    message.replace_header("From", "Zenda News Agency <desk@zna.example>")
    document = read(message.as_bytes(), "a.eml")
    assert (document.author, document.publisher) == (None, "Zenda News Agency")


def test_marks_of_replies_go_from_the_subject() -> None:
    assert text_of("eml", mail(subject=f"Fwd: RE: {TITLE}").as_bytes()).split("\n")[0] == TITLE


def test_a_subject_that_the_body_repeats_stands_once() -> None:
    assert text_of("eml", mail(f"{TITLE}\n\n{BODY}").as_bytes()) == f"{TITLE}\n\n{BODY}"


def test_plain_text_is_better_than_html_unless_it_says_nothing() -> None:
    both = mail()
    both.add_alternative(article(), subtype="html")
    assert text_of("eml", both.as_bytes()) == f"{TITLE}\n\n{UNDATED}"
    stub = mail("This mail can only be seen in a browser.")
    stub.add_alternative(article(), subtype="html")
    text = text_of("eml", stub.as_bytes())
    assert PARAGRAPHS[1] in text
    assert "browser" not in text


@pytest.mark.parametrize(
    ("charset", "encoding"), [("koi8-r", "base64"), ("windows-1251", "8bit"), ("utf-8", "quoted-printable")]
)
def test_encodings(charset: str, encoding: str) -> None:
    text = "Экспорт пшеницы из Казахстана вырос на 12 процентов за год."
    message = mail("")
    message.replace_header("Subject", "Новости")
    message.set_content(text, charset=charset, cte=encoding)
    document = read(message.as_bytes(), "a.eml")
    assert document.text == f"Новости\n\n{text}"
    assert document.language == "ru"


def test_attachments_are_named_as_furniture() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4 ...", maintype="application", subtype="pdf", filename="tariffs.pdf")
    document = read(message.as_bytes(), "a.eml")
    assert [document.text[span.start : span.end] for span in document.furniture] == ["Attachment: tariffs.pdf"]
    assert document.text.endswith("\n\nAttachment: tariffs.pdf")


def test_a_mail_without_words_is_read_for_its_attachment() -> None:
    message = mail("")
    message.add_attachment(
        pdf([lines(["Exports of Peru rose by 5 percent in May."])]), maintype="application", subtype="pdf", filename="peru.pdf"
    )
    document = read(message.as_bytes(), "a.eml")
    assert document.text == "Exports of Peru rose by 5 percent in May."
    assert (document.title, str(document.published_on)) == (TITLE, "2025-05-13")


def test_a_mail_that_only_forwards_is_read_for_what_it_forwards() -> None:
    outer = mail("FYI", subject="Fwd")
    outer.add_attachment(mail(BODY))
    assert text_of("eml", outer.as_bytes()) == f"{TITLE}\n\n{BODY}"


def test_mails_nested_too_deep_and_with_too_many_parts_are_refused() -> None:
    message = mail("x")
    for _ in range(12):
        outer = mail("")
        outer.add_attachment(message)
        message = outer
    assert refused("eml", message.as_bytes()).reason == "damaged"
    many = mail()
    for number in range(301):
        many.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=f"{number}")
    assert refused("eml", many.as_bytes()).reason == "too_large"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(300))
    assert refused("eml", b"Subject: x\n" + deep).reason == "damaged"


def test_what_is_no_mail_is_told() -> None:
    assert refused("eml", b"\n\nno header at all").reason == "damaged"
    found = refused("eml", b"To: a@b.example\nContent-Type: image/png\n\n\x89PNG")
    assert found.reason == "empty"


SEED = mail().as_bytes() + b"\n"
HEADERS = (
    "Subject: =?utf-8?b?AAA?=",
    "Subject: =?x-unknown?q?=E9?=",
    "From: <>",
    "From: a <b@",
    "Date: 99 Foo 99999999",
    "Content-Type: text/html; charset=",
    'Content-Type: multipart/mixed; boundary=""',
    "Content-Type: multipart/mixed; boundary=a",
    "--a",
    "--a--",
    "Content-Type: message/rfc822",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename*=utf-8''%FF%00",
    "Content-Type: ;;;=",
    "\x00:\x01",
    ": :",
    "",
)


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(HEADERS) | st.text(max_size=20), max_size=14), body=st.binary(max_size=60))
def test_any_mail_gives_a_text_or_a_reason(pieces: list[str], body: bytes) -> None:
    content = "\n".join(pieces).encode("utf-8", "surrogatepass") + b"\n\n" + body
    for one in (content, SEED.replace(b"\n\n", b"\n" + content + b"\n\n", 1)):
        job = Job("eml", one)
        converted(job, reader_of(job))


def test_a_header_made_to_hurt_costs_no_time_and_no_text() -> None:
    for header in ("Subject: " + "=?utf-8?q?a?= " * 100_000, "From: " + "(" * 50_000, "From: " + "a," * 50_000):
        assert PARAGRAPHS[1] in text_of("eml", f"To: a@b.example\n{header}\n\n{BODY}".encode())
