"""A real house behind a real browser: `certify run` in a scratch instance, visited by Chromium."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from certify.demo.people import DOMAIN, PASSWORD

ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PATIENCE = 120
"""Seconds in which the worker has to have done what a person waits for."""
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{3}-\d\d|application:[^/?]+")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration as `make run` serves it; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    told = {
        "CERTIFY_MODE": "demonstration",
        "CERTIFY_INSTANCE": str(tmp_path_factory.mktemp("house")),
        "CERTIFY_PUBLIC_ADDRESS": address,
        "CERTIFY_CHECK_MAIL_DOMAINS": "false",
    }
    log = (tmp_path_factory.mktemp("log") / "house.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "certify.cli", "run", "--port", str(port)], env=os.environ | told, stdout=log, stderr=log
    )
    try:
        wait_for_answer(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def wait_for_answer(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the house answers; its story is told first."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("The house did not start.")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.5)
    raise RuntimeError("The house did not answer in time.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """A person at a browser: every new kind of page is checked by axe, photographed, and fits its window."""

    seen: set[str] = set()

    def __init__(self, page: Page, address: str, language: str) -> None:
        self.page, self.address, self.language = page, address, language
        page.on("pageerror", lambda error: pytest.fail(f"Script error: {error}"))

    def open(self, path: str) -> Page:
        """Open a page in the visitor's language."""
        joint = "&" if "?" in path else "?"
        target = path if path.startswith("http") else f"{self.address}{path}{joint}lang={self.language}"
        answer = self.page.goto(target)
        assert answer is None or answer.status < 400, (target, answer.status)
        self.look()
        return self.page

    def press(self, selector: str) -> Page:
        """Press a button or link, and look at the page it leads to."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()
        return self.page

    def fill(self, **values: Any) -> None:
        """Fill fields in by their names; True ticks a box."""
        for name, value in values.items():
            field = self.page.locator(f"[name={name}]").first
            if value is True:
                field.check()
            else:
                field.fill(str(value))

    def choose(self, name: str, value: str) -> None:
        """Choose a radio button."""
        self.page.check(f"input[name={name}][value='{value}']")

    def sign_in(self, key: str) -> None:
        """Sign in as a person of the cast."""
        self.open("/login")
        self.fill(email=f"{key}@{DOMAIN}", password=PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_load_state()
        self.look()

    def wait_for(self, path: str, selector: str) -> None:
        """Open a page again until something stands on it that the worker makes."""
        end = time.monotonic() + PATIENCE
        while not self.open(path).locator(selector).count():
            assert time.monotonic() < end, f"{selector} did not appear on {path}"
            time.sleep(1)

    def look(self) -> None:
        """Check the page as nobody's eyes can, once for each kind of page and width."""
        width = (self.page.viewport_size or {}).get("width", 0)
        path = self.page.url.removeprefix(self.address).partition("?")[0]
        kind = f"{IDENTIFIER.sub('x', path)}@{width}"
        if kind in self.seen:
            return
        self.seen.add(kind)
        ARTEFACTS.mkdir(exist_ok=True)
        name = re.sub(r"[^a-z0-9@-]+", "-", kind.lower()).strip("-") or "start"
        self.page.screenshot(path=ARTEFACTS / f"{name}-{self.language}.png", full_page=True)
        found = Axe().run(self.page, options=RULES)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is {overflow} pixels wider than its window"


@pytest.fixture
def arrive(chromium: Browser, house: str) -> Iterator[Any]:
    """Somebody new at the house: `arrive("olga")`, `arrive(None, width=320, language="pt")`."""
    contexts = []

    def enter(key: str | None = None, *, width: int = 1280, language: str = "es") -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale=language)
        context.set_default_timeout(30_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), house, language)
        if key is not None:
            visitor.sign_in(key)
        return visitor

    yield enter
    for context in contexts:
        context.close()
