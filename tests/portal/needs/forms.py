"""A page as a reader without scripts uses it: its forms, filled in and sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx2
from tests.portal.outline import Outline

Pairs = list[tuple[str, str]]


@dataclass
class Button:
    form: str
    label: str
    action: str | None
    pair: tuple[str, str] | None


@dataclass
class Form:
    action: str
    fields: Pairs = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the forms of a page, fields and buttons that stand elsewhere included."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.buttons: list[Button] = []
        self._inside = ""
        self._area: str | None = None
        self._select: str | None = None
        self._pressed: Button | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self._inside = told.get("id") or f"form {len(self.forms)}"
            self.forms[self._inside] = Form(told["action"])
        elif tag == "button":
            pair = (told["name"], told["value"]) if "name" in told else None
            action = told.get("formaction")
            self._pressed = Button(told.get("form", self._inside), "", action, pair)
            self.buttons.append(self._pressed)
        elif tag == "input":
            chosen = told.get("type") not in {"radio", "checkbox"} or "checked" in told
            if chosen and told.get("name"):
                self._add(told["name"], told.get("value") or "")
        elif tag == "textarea":
            self._area = told["name"]
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and "selected" in told and self._select:
            self._add(self._select, told["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = ""
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "button":
            self._pressed = None

    def handle_data(self, data):
        if self._area is not None:
            self._add(self._area, data.removeprefix("\n"))
        if self._pressed is not None:
            self._pressed.label += data

    def _add(self, name: str, value: str) -> None:
        self.forms[self._inside].fields.append((name, value))


@dataclass
class Screen:
    """A browser's tab."""

    client: httpx2.AsyncClient
    page: httpx2.Response | None = None

    @property
    def text(self) -> str:
        assert self.page is not None
        return self.page.text

    @property
    def outline(self) -> Outline:
        return Outline(self.text)

    async def open(self, address: str) -> "Screen":
        return self._shown(await self.client.get(address))

    async def send(self, address: str, pairs: Iterable[tuple[str, str]]) -> "Screen":
        """Send a form that no page need have made."""
        content = httpx2.QueryParams(list(pairs))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await self.client.post(
            address, content=str(content), headers=headers, follow_redirects=True
        )
        return self._shown(answer)

    async def press(self, label: str, **filled: str | list[str]) -> "Screen":
        """Fill in fields, then press the button with this label."""
        forms = Forms(self.text)
        button = next(one for one in forms.buttons if one.label.strip().startswith(label))
        form = forms.forms[button.form]
        kept = [pair for pair in form.fields if pair[0] not in filled]
        written = [
            (name, text)
            for name, value in filled.items()
            for text in (value if isinstance(value, list) else [value])
        ]
        pressed = [button.pair] if button.pair else []
        return await self.send(button.action or form.action, [*kept, *written, *pressed])

    def carried(self, action: str) -> dict[str, list[str]]:
        """Return what the first form with this address carries along or shows."""
        form = next(one for one in Forms(self.text).forms.values() if one.action == action)
        found: dict[str, list[str]] = {}
        for name, value in form.fields:
            if value:
                found.setdefault(name, []).append(value)
        return found

    def _shown(self, page: httpx2.Response) -> "Screen":
        self.page = page
        self.outline.check()
        return self
