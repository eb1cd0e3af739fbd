"""Names of the weekdays of a month: "second Tuesday". Each is translated as a whole, since genders and cases differ."""

from django.utils.translation import pgettext_lazy

_NAMES = {
    1: (
        pgettext_lazy("day of a month", "first Monday"),
        pgettext_lazy("day of a month", "first Tuesday"),
        pgettext_lazy("day of a month", "first Wednesday"),
        pgettext_lazy("day of a month", "first Thursday"),
        pgettext_lazy("day of a month", "first Friday"),
        pgettext_lazy("day of a month", "first Saturday"),
        pgettext_lazy("day of a month", "first Sunday"),
    ),
    2: (
        pgettext_lazy("day of a month", "second Monday"),
        pgettext_lazy("day of a month", "second Tuesday"),
        pgettext_lazy("day of a month", "second Wednesday"),
        pgettext_lazy("day of a month", "second Thursday"),
        pgettext_lazy("day of a month", "second Friday"),
        pgettext_lazy("day of a month", "second Saturday"),
        pgettext_lazy("day of a month", "second Sunday"),
    ),
    3: (
        pgettext_lazy("day of a month", "third Monday"),
        pgettext_lazy("day of a month", "third Tuesday"),
        pgettext_lazy("day of a month", "third Wednesday"),
        pgettext_lazy("day of a month", "third Thursday"),
        pgettext_lazy("day of a month", "third Friday"),
        pgettext_lazy("day of a month", "third Saturday"),
        pgettext_lazy("day of a month", "third Sunday"),
    ),
    4: (
        pgettext_lazy("day of a month", "fourth Monday"),
        pgettext_lazy("day of a month", "fourth Tuesday"),
        pgettext_lazy("day of a month", "fourth Wednesday"),
        pgettext_lazy("day of a month", "fourth Thursday"),
        pgettext_lazy("day of a month", "fourth Friday"),
        pgettext_lazy("day of a month", "fourth Saturday"),
        pgettext_lazy("day of a month", "fourth Sunday"),
    ),
    -1: (
        pgettext_lazy("day of a month", "last Monday"),
        pgettext_lazy("day of a month", "last Tuesday"),
        pgettext_lazy("day of a month", "last Wednesday"),
        pgettext_lazy("day of a month", "last Thursday"),
        pgettext_lazy("day of a month", "last Friday"),
        pgettext_lazy("day of a month", "last Saturday"),
        pgettext_lazy("day of a month", "last Sunday"),
    ),
}


def name_of(nth: int, weekday: int) -> str:
    """``nth``: 1 to 4, or -1 for the last; ``weekday``: from Monday, 0."""
    return str(_NAMES[nth][weekday])
