"""Whether two facts, each of its text, are the same one, by everything that they can mean."""

from translations.checks.reading import Token


def same_value(one: Token, other: Token) -> bool:
    if one.kind in {"month", "weekday"} or other.kind in {"month", "weekday"}:
        return one.kind == other.kind and one.number == other.number
    if one.kind == "time" or other.kind == "time":
        return False
    return bool(one.values & other.values)


def same_time(one: Token, other: Token) -> bool:
    return (one.kind == "time" or other.kind == "time") and bool(one.times & other.times)


def time_beside_number(one: Token, other: Token) -> bool:
    """ "9 bis 17" may become "9 a.m. to 5 p.m.": neither side has to say that it is a time."""
    return one.kind == other.kind == "number" and bool(one.times & other.times)


def unusual_value(one: Token, other: Token) -> bool:
    if one.kind != "number" or other.kind != "number":
        return False
    return bool((one.values | one.others) & (other.values | other.others))


def month_in_digits(one: Token, other: Token) -> bool:
    for month, number in ((one, other), (other, one)):
        if month.kind == "month" and number.kind == "number" and str(month.number) in number.values:
            return True
    return False


def hour_alone(one: Token, other: Token) -> bool:
    """ "9 Uhr" is "um 9" when the other side does not tell the part of the day."""
    for time, number in ((one, other), (other, one)):
        if time.kind == "time" and number.kind == "number" and not number.is_told:
            return bool(time.values & number.values)
    return False


def alike(one: Token, other: Token) -> bool:
    return same_value(one, other) or same_time(one, other) or hour_alone(one, other) or time_beside_number(one, other)
