"""Messages through pipes come as they were sent, or not at all."""

from __future__ import annotations

import io

import pytest

from semcs.runs.pipes import receive, send


def test_messages_come_as_they_were_sent():
    pipe = io.BytesIO()
    sent = [b"", b"\n", bytes(range(256)) * 1000]
    for message in sent:
        send(pipe, message)
    pipe.seek(0)
    assert [receive(pipe) for _ in sent] == sent
    with pytest.raises(EOFError):
        receive(pipe)


@pytest.mark.parametrize("length", range(12))
def test_a_message_that_was_cut_off_is_none(length):
    pipe = io.BytesIO()
    send(pipe, b"four")
    with pytest.raises(EOFError):
        receive(io.BytesIO(pipe.getvalue()[:length]))
