"""E-mail: files in a folder, a real server on a local port, and a password that only the keyring has."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.backend
import keyring.backends.fail
import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from desktop.errors import BadInputError, RefusedError
from desktop.models import Base, Client, Request
from desktop.services import commands
from desktop.services.commands.dispatching import Addressee, Outgoing
from desktop.services.dispatching.due import due_notices
from desktop.services.dispatching.house import MailSettings
from desktop.services.dispatching.mail import (
    Mail,
    MailAccount,
    account_of,
    has_password,
    keep_password,
    make_email,
    read_mail,
    send_test,
)
from desktop.services.dispatching.messages import compose
from desktop.services.dispatching.outbox import STOPPED, dispatch_by_mail, dispatch_to_folder, send_mail, write_files
from desktop.services.dispatching.sent import sent_messages
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import WorkSheet
from desktop.store.engine import Store
from tests.helpers.company import NOW, desk_of

R1_I1, R1_FACTORY, R1_CLIENT = Addressee("R1", "inspector", "I1"), Addressee("R1", "factory"), Addressee("R1", "client")


def paint(sheet: WorkSheet, language: Language) -> bytes:
    """A PDF is the views' to make; what is asked for is seen in it."""
    return f"%PDF {sheet.request} {language} {sheet.going}".encode()


def parts(message: EmailMessage) -> dict[str, bytes]:
    found = {}
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            found[part.get_filename() or part.get_content_type()] = content
    return found


# -- a small server ----------------------------------------------------------------------------------------------------


@dataclass
class Post:
    """What a server was given, and whom it refuses."""

    port: int = 0
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    hangs_up_after: int = 1000
    hangs_up_before: int = 1000

    @property
    def account(self) -> MailAccount:
        return MailAccount(
            MailSettings("127.0.0.1", self.port, "none", "dispatch@house.test", "Dispatch", timeout_seconds=5)
        )


class _Handler(socketserver.StreamRequestHandler):
    post: ClassVar[Post]

    def handle(self) -> None:
        self._say("220 ready")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                to = line.split("<")[1].split(">")[0]
                self._say("550 nobody of that name" if to in self.post.refused else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self._take(to)
                if len(self.post.mails) >= self.post.hangs_up_after:
                    return
                self._say("250 taken")
                if len(self.post.mails) + 1 == self.post.hangs_up_before:
                    return
            else:
                self._say("250 ok")

    def _take(self, to: str) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.post.mails.append((to, message))

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def served(post: Post) -> Iterator[Post]:
    handler = type("Handler", (_Handler,), {"post": post})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()


# -- files -------------------------------------------------------------------------------------------------------------


def test_files_hold_the_message_its_calendar_and_the_sheet(announced: Store, tmp_path: Path) -> None:
    done = dispatch_to_folder(desk_of(announced), [R1_I1, R1_CLIENT], tmp_path / "out", paint, lambda _: None)
    assert [outgoing.fault for outgoing in done] == ["", ""]
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == [
        "2026-12-01-R1-I1-0.eml",
        "2026-12-01-R1-I1-0.ics",
        "2026-12-01-R1-I1-0.pdf",
        "2026-12-01-R1-client-0.eml",
        "2026-12-01-R1-client-0.ics",
    ]
    content = (tmp_path / "out" / names[0]).read_bytes()
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message["From"] == '"Dispatch, North" <dispatch@house.test>'
    assert message["To"] == "Inspector 1 <i1@house.test>"
    found = parts(message)
    assert found["invite.ics"] == found["text/calendar"] == (tmp_path / "out" / names[1]).read_bytes()
    assert found["2026-12-01-R1-I1-0.pdf"].startswith(b"%PDF R1 zh (")
    assert "Factory 1" in found["text/plain"].decode()
    assert {row.to for row in due_notices(announced, NOW)}.isdisjoint({R1_I1, R1_CLIENT})


def test_codes_that_no_file_can_be_called_do_not_share_one(announced: Store) -> None:
    stems = set()
    for code in ("订单/1", "订单_1", "货/1"):
        with announced.session(write=True) as session:
            session.execute(update(Request).where(Request.id == 1).values(code=code))
            session.commit()
        (message,) = compose(announced, NOW, [Addressee(code, "factory")])
        assert message.stem.isascii()
        stems.add(message.stem)
    assert len(stems) == 3


def test_an_address_that_is_none_is_a_fault_of_its_message_alone(announced: Store, tmp_path: Path) -> None:
    with announced.session(write=True) as session:
        session.execute(update(Client).values(email="nobody"))  # as an old database may have it
        session.commit()
    messages = compose(announced, NOW, [R1_CLIENT, R1_FACTORY])
    done = write_files(messages, tmp_path, paint, lambda _: None)
    assert [outgoing.fault for outgoing in done] == ['"nobody" is no e-mail address.', ""]
    (tmp_path / "file").touch()
    with pytest.raises(BadInputError, match="cannot be made"):
        write_files(messages, tmp_path / "file", paint, lambda _: None)


# -- a server ----------------------------------------------------------------------------------------------------------


def test_mails_arrive_and_are_on_record_as_sent(announced: Store) -> None:
    told: list[Outgoing] = []
    with served(Post(refused={"f1@factory.test"})) as post:
        done = dispatch_by_mail(desk_of(announced), [R1_I1, R1_FACTORY, R1_CLIENT], post.account, paint, told.append)
    assert [to for to, _ in post.mails] == ["i1@house.test", "c1@client.test"]
    assert tuple(told) == done
    assert "550" not in done[1].fault
    assert "f1@factory.test: nobody of that name" in done[1].fault
    subject = post.mails[1][1]["Subject"]
    assert subject == "Inspection R1: Tue 1 Dec 2026, Factory 1"
    assert "invite.ics" in parts(post.mails[0][1])
    states = {row.to: (row.state, row.channel) for row in sent_messages(announced)}
    assert states == {
        R1_I1: ("sent", "smtp"),
        R1_FACTORY: ("failed", "smtp"),
        R1_CLIENT: ("sent", "smtp"),
    }
    (left,) = (row for row in due_notices(announced, NOW) if row.to == R1_FACTORY)
    assert (left.kind, left.sequence, left.fault) == ("invitation", 0, done[1].fault)


def test_a_server_that_breaks_off_fails_that_message_and_takes_the_next(announced: Store) -> None:
    with served(Post(hangs_up_after=1)) as post:
        done = send_mail(compose(announced, NOW, [R1_I1]), post.account, paint, lambda _: None)
        post.hangs_up_after = 1000
        again = send_mail(compose(announced, NOW, [R1_I1]), post.account, paint, lambda _: None)
    assert "broke off" in done[0].fault
    assert again[0].fault == ""
    gone = post.account
    done = send_mail(compose(announced, NOW, [R1_I1, R1_CLIENT]), gone, paint, lambda _: None)
    assert len({outgoing.fault for outgoing in done}) == 1, "a server that is not there is asked once"
    assert "cannot be reached" in done[0].fault
    stopped = send_mail(compose(announced, NOW, [R1_I1]), gone, paint, lambda _: None, lambda: True)
    assert stopped[0].fault == STOPPED


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?=0D=0ABcc:=20evil@evil.test?=",
        "=?utf-8?q?=0D=0A=0D=0ADear_friend?=",
        "a" * 90 + ", <evil@evil.test>",
        "Công ty TNHH Sản xuất Thương mại (Bình Dương), chi nhánh: " + "kho " * 40 + ', "2" <evil@evil.test>',
        '佛山市南海区有限公司, "x" <evil@evil.test>, 分公司',
    ],
)
def test_a_name_gets_neither_a_head_nor_an_addressee_into_what_is_sent(name: str) -> None:
    sender = MailSettings(sender="dispatch@house.test", sender_name=name)
    raw = bytes(make_email(Mail("i1@house.test", name, name, "Text"), sender, NOW))
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    assert "Bcc" not in read
    assert read.get_content().rstrip() == "Text"
    for head, address in (("To", "i1@house.test"), ("From", "dispatch@house.test")):
        assert [found.addr_spec for found in read[head].addresses] == [address]


def test_what_the_server_may_have_taken_before_it_broke_off_is_not_known(announced: Store) -> None:
    with served(Post(hangs_up_after=1)) as post:
        dispatch_by_mail(desk_of(announced), [R1_I1, R1_CLIENT], post.account, paint, lambda _: None)
        assert [to for to, _ in post.mails] == ["i1@house.test", "c1@client.test"]
    row = next(row for row in due_notices(announced, NOW) if row.to == R1_I1)
    assert row.sequence == 1, "a calendar may have the first"
    assert row.fault.startswith("It is not known whether")
    assert "broke off" in row.fault
    assert {message.state for message in sent_messages(announced)} == {"begun"}
    with served(Post()) as post:  # nobody is sending any more: it goes out again at once
        (again,) = dispatch_by_mail(desk_of(announced, "Minh"), [R1_I1], post.account, paint, lambda _: None)
    assert again.sequence == 1
    assert R1_I1 not in {row.to for row in due_notices(announced, NOW)}


def test_a_server_that_hung_up_between_two_messages_is_asked_anew(announced: Store) -> None:
    messages = compose(announced, NOW, [R1_I1, R1_CLIENT])
    with served(Post(hangs_up_before=2)) as post:
        done = send_mail(messages, post.account, paint, lambda _: None)
        assert len(post.mails) == 2
    assert [outgoing.fault for outgoing in done] == ["", ""]


def test_the_test_message_says_what_is_wrong() -> None:
    with served(Post()) as post:
        assert send_test(post.account, "chief@house.test", NOW) == ""
        assert "no e-mail address" in send_test(post.account, "a@b\r\nBCC: x@y.test", NOW)
        assert len(post.mails) == 1
        plain = MailSettings("127.0.0.1", post.port, "none", "dispatch@house.test", user="me", timeout_seconds=5)
        assert "for all to read" in send_test(MailAccount(plain, "secret"), "chief@house.test", NOW)
        encrypted = MailSettings("127.0.0.1", post.port, "starttls", "dispatch@house.test", timeout_seconds=5)
        assert "STARTTLS" in send_test(MailAccount(encrypted), "chief@house.test", NOW)
    assert len(post.mails) == 1


# -- the password ------------------------------------------------------------------------------------------------------


class Keys(keyring.backend.KeyringBackend):
    """A keyring of its own for a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def keys() -> Iterator[Keys]:
    before, own = keyring.get_keyring(), Keys()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def test_the_password_is_in_the_keyring_and_nowhere_else(announced: Store, keys: Keys) -> None:
    with pytest.raises(RefusedError, match="No mail server"):
        account_of(read_mail(announced))
    desk_of(announced).handle(commands.ChangeSetting("mail", {"host": "smtp.house.test", "user": "dispatch"}))
    with pytest.raises(RefusedError, match="No mail sender"):
        account_of(replace(read_mail(announced), sender=""), "given at the prompt")
    settings = read_mail(announced)
    assert (settings.port, settings.security, settings.sender) == (587, "starttls", "dispatch@house.test")
    with pytest.raises(RefusedError, match="no password"):
        account_of(settings)
    with pytest.raises(RefusedError, match="letters that mail servers do not take"):
        account_of(settings, "s3cret-mật")
    keep_password(settings, "s3cret-canary")
    account = account_of(settings)
    assert account.password == "s3cret-canary"
    assert "canary" not in f"{account!r} {account}"
    with announced.session() as session:
        for table in Base.metadata.sorted_tables:
            assert "canary" not in str(session.execute(sql(f'SELECT * FROM "{table.name}"')).all())  # noqa: S608
    keep_password(settings, "")
    assert not has_password(settings)
    assert keys.kept == {}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sender": "dispatch"}, "it should be an address"),
        ({"sender": "a@b.test\r\nBCC: x@y.test"}, "it should be an address"),
        ({"host": "smtp house"}, "it should be a name"),
        ({"security": "none", "user": "me"}, "for all to read"),
        ({"security": "tls"}, "security"),
        ({"port": 99999}, "65535 or less"),
    ],
)
def test_settings_that_cannot_be_are_refused(announced: Store, values: dict[str, object], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(announced).handle(commands.ChangeSetting("mail", values))


def test_without_a_keyring_it_is_said(keys: Keys) -> None:
    settings = MailSettings("smtp.house.test", sender="a@house.test", user="a")
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(RefusedError, match="asked for each time"):
        keep_password(settings, "x")
    assert not has_password(settings)
    with pytest.raises(RefusedError, match="cannot be used"):
        account_of(settings)
    keyring.set_keyring(keys)


def test_what_is_sent_is_dated_by_the_clock(announced: Store, tmp_path: Path) -> None:
    (message,) = compose(announced, NOW, [R1_CLIENT])
    write_files([message], tmp_path, None, lambda _: None)
    made = email.message_from_bytes((tmp_path / f"{message.stem}.eml").read_bytes(), policy=email.policy.default)
    assert made["Date"].datetime == NOW.replace(tzinfo=dt.UTC)
    assert made["Message-ID"] == f"<{message.uid}.0@house.test>"
