def forget_what_is_over() -> None:
    pass
