"""A notification cleans its own texts."""

from heimdall_desktop.services.notifier.protocol import Notification


def test_texts_are_clean_however_they_were_given() -> None:
    notification = Notification("key", "a\ntitle " + "x" * 100, "a\x00body")

    assert notification.title.startswith("a title x")
    assert len(notification.title) <= 60
    assert notification.body == "a body"
