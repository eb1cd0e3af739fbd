"""An existing calendar of an organisation is followed: its dates become events, and stay what people made of them.

``reading`` understands the file, ``rules`` what repeats in it, ``taking_over`` writes events, ``fetching`` does one run
as a whole, ``schedule`` says when. Nothing here deletes anything.
"""
