"""Results are kept for the keys that were asked for last."""

from aiff_matching.shared.lru_cache import LruCache


def test_a_result_is_worked_out_once_while_it_is_asked_for() -> None:
    made: list[str] = []
    kept: LruCache[int] = LruCache(most=2)

    def ask(key: str) -> int:
        return kept.get(key, lambda: made.append(key) or len(made))

    assert [ask(key) for key in ("a", "b", "a", "c", "a", "b")] == [1, 2, 1, 3, 1, 4]
    assert made == ["a", "b", "c", "b"]
