"""The profile of a filing unit: what is typed once and stands in every new form. A library keeps a list of them."""

from __future__ import annotations

import msgspec

from forms.bearings import known_by_its_texts, year_field
from forms.filing import Filing, new_id
from forms.store.library import Library
from forms.template.model import Template

_SETTING = "profiles"


class Profile(msgspec.Struct, frozen=True, omit_defaults=True):
    """One unit: its name, its region, who fills in its forms and their telephone, each as typed."""

    unit: str = ""
    region: str = ""
    person: str = ""
    phone: str = ""

    def text(self, default: str) -> str:
        """What the default of a field means for this unit: `=档案.…` is taken from here, other texts stand."""
        return {
            "=档案.单位名称": self.unit, "=档案.区划": self.region,
            "=档案.填报人": self.person, "=档案.电话": self.phone,
        }.get(default, default)  # fmt: skip


def profiles(library: Library) -> tuple[Profile, ...]:
    """The units of a library, the one used last first; none where none was written down or it cannot be read."""
    try:
        return tuple(msgspec.json.decode(library.setting(_SETTING) or "[]", type=list[Profile]))
    except msgspec.DecodeError:
        return ()  # written by something else: people are asked again, no form depends on it


def keep_profiles(library: Library, kept: tuple[Profile, ...]) -> None:
    """Write down the units of a library; those without any text are left out. SaveFailed."""
    library.set_setting(_SETTING, msgspec.json.encode([one for one in kept if one != Profile()]).decode())


def begin(template: Template, profile: Profile, year: str = "") -> Filing:
    """A new filing on `template`, its defaults filled in for a unit and, where the form asks for it, a year."""
    values = {field.name: text for field in template.fields.values() if (text := profile.text(field.default))}
    if year and (name := year_field(template)):
        values[name] = year
    blank = Filing(new_id(), template.ref, year=year, values=values)
    return known_by_its_texts(template, blank)
