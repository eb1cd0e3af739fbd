"""Text pasted from word processors and mails: read by the server, never trusted, nothing lost without a word.

``hidden`` takes away what its author does not show, ``reading`` makes a row of parts of what is left, ``links`` finds
where a protected link leads, ``blocks`` turns the parts into blocks of a page or into one rich text. What cannot be
taken as it stood is a *finding*: a sentence for the person who pastes, which says what to do.
"""
