"""Errors carry facts: for the log, for comparison, and without what a server must not repeat."""

import pytest

from heimdall_desktop.domain.facts import errors


def test_the_log_gets_reason_and_fields() -> None:
    busy = errors.ServerBusy(errors.Reason.SERVER_BUSY, host="h.test", wait_s=7.0)
    assert str(busy) == "SERVER_BUSY wait_s=7.0 host='h.test'"
    assert busy.wait_s == 7.0
    lost = errors.OutcomeUnknown(errors.Reason.ANSWER_LOST, host="h.test")
    again = errors.ServerUnreachable(errors.Reason.NOT_CANCELLED, error=lost)
    assert str(again) == "NOT_CANCELLED error=OutcomeUnknown(ANSWER_LOST host='h.test')"


def test_what_must_not_be_repeated_is_changed_wherever_it_is() -> None:
    refused = errors.RequestRefused(
        errors.Reason.REQUEST_REFUSED, host="h.test", answer="HTTP 400, secret"
    )
    lost = errors.OutcomeUnknown(errors.Reason.ACCOUNT_UNSURE, error=refused)
    lost.reword(lambda text: text.replace("secret", "[redacted]"))
    assert "secret" not in f"{lost} {refused} {lost.fields}"
    assert refused.fields == {"host": "h.test", "answer": "HTTP 400, [redacted]"}


def test_errors_that_say_the_same_are_equal_wherever_they_were_raised() -> None:
    def unreachable(host: str) -> errors.HeimdallError:
        lost = errors.OutcomeUnknown(errors.Reason.ANSWER_LOST, host=host)
        return errors.ServerUnreachable(errors.Reason.NOT_CANCELLED, error=lost)

    one, again, other = map(unreachable, ("a.test", "a.test", "b.test"))
    assert (one, str(one)) == (again, str(again))
    assert one != other
    assert one != errors.ServerError(one.reason, **one.fields)
    assert len({one, again}) == 1


def test_an_error_that_is_kept_keeps_no_frames_alive() -> None:
    with pytest.raises(errors.WireError) as inner:
        raise errors.WireError(errors.Reason.ANSWER_NO_JSON)
    with pytest.raises(errors.SignInNeeded) as caught:
        raise errors.SignInNeeded(
            errors.Reason.NOT_SIGNED_IN, server="a.test", error=inner.value
        ) from OSError()
    kept = caught.value.kept()
    assert (kept, kept.server) == (caught.value, "a.test")
    assert (kept.__traceback__, kept.__cause__, kept.__context__) == (None, None, None)
    assert kept.fields["error"].__traceback__ is None
    assert inner.value.__traceback__ is not None
