"""What readers do on a page, in one step each."""

from playwright.sync_api import Locator, Page


def follow(page: Page, selector: str) -> None:
    """Follow the first link that fits, opening whatever it is folded into."""
    link = page.locator(selector).first
    unfold(link)
    link.click()


def unfold(element: Locator) -> None:
    """Open every closed fold around an element, the outermost first.

    One without a handle is open: wide windows show the filters beside the results.
    """
    for fold in element.locator("xpath=ancestor::details").all():
        handle = fold.locator("xpath=./summary")
        if not element.is_visible() and handle.is_visible():
            handle.click()


def slugs(page: Page) -> list[str]:
    """Return the offers of a list of results, in its order."""
    links = page.locator(".results .hit :is(h3, h4) a").all()
    return [str(link.get_attribute("href")).rsplit("/", 1)[1] for link in links]


def search(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    page.wait_for_url("**/offers?**")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Go on with the tabulator key alone until an element that fits has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
    raise AssertionError(f"the tabulator key does not reach {selector}")


def press(page: Page, selector: str) -> None:
    """Press a button and wait for the page that it leads to."""
    button = page.locator(selector).first
    unfold(button)
    with page.expect_navigation():
        button.click()
