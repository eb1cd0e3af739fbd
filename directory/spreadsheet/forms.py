"""The steps of an import as plain forms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.profiles.directory_page import DirectoryPage
from directory.spreadsheet import limits, reading, writing
from directory.spreadsheet.columns import COLUMNS
from directory.spreadsheet.models import SpreadsheetImport

SHOWN = 80
"""Characters of a cell that show what a column holds."""
SHOWN_ROWS = 5
"""Rows by which a person sees whether a reading is right."""


class FileForm(forms.Form):
    """A file and, where there are several, the directory into which it goes; ``readings`` afterwards."""

    file = forms.FileField(label=gettext_lazy("Spreadsheet (XLSX, ODS or CSV)"))
    directory = forms.TypedChoiceField(label=gettext_lazy("Directory"), coerce=int)

    def __init__(self, *args: Any, directories: Sequence[DirectoryPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directories = {page.pk: page for page in directories}
        field = self.fields["directory"]
        field.choices = [(page.pk, f"{page.get_site()}: {page.title}") for page in directories]  # type: ignore[attr-defined]
        field.initial = directories[0].pk
        if len(directories) == 1:
            field.widget = forms.HiddenInput()

    def clean_directory(self) -> DirectoryPage:
        return self.directories[self.cleaned_data["directory"]]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            # One byte more tells that it is too large, without taking all of it into memory.
            self.readings = reading.readings(file.read(limits.MAX_BYTES + 1))
        except limits.BadSpreadsheet as error:
            raise forms.ValidationError(error.sentence) from error
        return file


class ReadingForm(forms.Form):
    """Which reading of a file is right, each with some rows in which it differs from the others."""

    reading = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, of: SpreadsheetImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = [
            (number, reading["name"], telling_rows(of.readings, number)) for number, reading in enumerate(of.readings)
        ]
        self.fields["reading"].choices = [(number, name) for number, name, _rows in self.shown]  # type: ignore[attr-defined]


def telling_rows(readings: Sequence[dict[str, Any]], number: int) -> list[tuple[int, str]]:
    """Line and text of a few rows in which the reading differs; of a sheet the first ones."""
    this = readings[number]
    others = [dict(map(tuple, reading["rows"])) for at, reading in enumerate(readings) if at != number]
    rows = [row for row in this["rows"] if this["is_sheet"] or any(other.get(row[0]) != row[1] for other in others)]
    return [(line, " · ".join(filter(None, cells))[: SHOWN * 2]) for line, cells in rows[:SHOWN_ROWS]]


class ColumnsForm(forms.Form):
    """What each column of the file means; each of ours at most once, and one of them the name."""

    def __init__(self, *args: Any, of: SpreadsheetImport, examples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("leave out")), *((column.key, column.label) for column in COLUMNS)]
        numbered = writing.numbered(len(of.mapping))
        for number, key in enumerate(of.mapping):
            label = of.headings[number] if of.headings else ""
            self.fields[f"column-{number}"] = forms.ChoiceField(
                choices=choices,
                initial=key,
                label=label or numbered[number],
                required=False,
                help_text=examples[number][:SHOWN],
            )

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [key for key in cleaned.values() if key]
        for name, key in cleaned.items():
            if key and chosen.count(key) > 1:
                self.add_error(name, _("Two columns mean the same. Please leave one of them out."))
                break
        if not self.errors and not {"title", "import_key"} & set(chosen):
            raise forms.ValidationError(_("Please say which column has the names of the organisations."))
        return cleaned
