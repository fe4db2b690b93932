"""Register, sign in, sign out, and who am I.

Source: heimdall-api.md §1.3 and 1.4.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local import auth
from heimdall_desktop.local.account_table import EmailTaken
from heimdall_desktop.local.answers import model, success
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Refused
from heimdall_desktop.local.exact_route import exact_route
from heimdall_desktop.local.reading import json_body, optional_text, refuse_nul, required_text
from heimdall_desktop.local.rows import UserRow

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PASSWORD_MIN_CHARS = 8


class AuthRoutes:
    """The endpoints under `/api/auth/`, which need no session.

    Args:
        database: where the accounts are.
        takes_accounts: whether registration is open.
    """

    def __init__(self, database: Database, *, takes_accounts: bool) -> None:
        self._database = database
        self._takes_accounts = takes_accounts

    def routes(self) -> list[Route]:
        """Return them for the router."""
        return [
            exact_route("POST", "/api/auth/register", self.register),
            exact_route("POST", "/api/auth/login", self.login),
            exact_route("POST", "/api/auth/logout", self.logout),
            exact_route("GET", "/api/auth/me", self.me),
        ]

    async def register(self, request: Request) -> Response:
        """Make an account and sign it in."""
        if not self._takes_accounts:
            raise Refused(403, "This server takes no new accounts")
        body = await json_body(request)
        email, password = required_text(body, "email"), required_text(body, "password")
        display_name = optional_text(body, "display_name")
        refuse_nul(email, display_name)
        _refuse_unless_valid(email, password, _PASSWORD_MIN_CHARS)
        password_hash = await run_in_threadpool(auth.hash_password, password)
        try:
            user = self._database.add_user(email, password_hash, display_name)
        except EmailTaken:
            raise Refused(409, "This e-mail address is in use") from None
        return self._signed_in(user, status=201)

    async def login(self, request: Request) -> Response:
        """Sign in; an unknown address and a wrong password get the same answer."""
        body = await json_body(request)
        email, password = required_text(body, "email"), required_text(body, "password")
        _refuse_unless_valid(email, password, 1)
        stored_hash = self._database.password_hash(email)
        is_right = await run_in_threadpool(auth.is_password, password, stored_hash)
        user = self._database.user_by_email(email)
        if not is_right or user is None:
            raise Refused(401, "Wrong e-mail address or password")
        return self._signed_in(user, status=200)

    async def logout(self, request: Request) -> Response:
        """End this session; one that is over already is no error."""
        token = auth.presented_token(request)
        if token is None:
            raise Refused(401, "Authentication required")
        has_ended = self._database.delete_session(auth.token_hash(token))
        answer = success({"message": "Signed out"})
        if has_ended:
            answer.delete_cookie(auth.SESSION_COOKIE, samesite=None)
        return answer

    async def me(self, request: Request) -> Response:
        """Say whose session it is."""
        user = auth.user_of(self._database, request)
        if user is None:
            raise Refused(401, "Authentication required")
        return success(model(user))

    def _signed_in(self, user: UserRow, status: int) -> Response:
        token = auth.new_session(self._database, user.id)
        account = {name: value for name, value in model(user).items() if name != "avatar_url"}
        answer = success({"token": token, "user": account}, status)
        answer.set_cookie(
            auth.SESSION_COOKIE,
            token,
            max_age=int(auth.SESSION_LIFETIME.total_seconds()),
            httponly=True,
            samesite="lax",
        )
        return answer


def _refuse_unless_valid(email: str, password: str, password_min_chars: int) -> None:
    """Refuse with one message that names all bad fields."""
    bad = []
    if not _EMAIL.fullmatch(email):
        bad.append("email: not an e-mail address")
    if len(password) < password_min_chars:
        bad.append(f"password: at least {password_min_chars} characters")
    if bad:
        raise Refused(400, "\n".join(bad))
