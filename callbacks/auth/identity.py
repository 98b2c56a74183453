"""User identities: a name, and the roles that grant permissions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Role of a user; the values are those of the provider's claim."""

    ANALYST = "analist"
    """May upload, publish and withdraw."""
    ADMINISTRATOR = "beheerder"
    """May do that too, and read the log."""
    AMBASSADOR = "ambassadeur"
    """May save visit lists, but publish nothing."""


_EDITORS: Final = frozenset({Role.ANALYST, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Identity:
    """A user of the site.

    Parameters
    ----------
    name : as recorded with what they publish; empty for an anonymous user
    roles : roles of the user; empty for read-only access
    signed_in : whether a provider authenticated the user, who can then sign out
    """

    name: str = ""
    roles: frozenset[Role] = frozenset()
    signed_in: bool = False

    @property
    def may_edit(self) -> bool:
        """Whether they may upload, publish and withdraw, and see drafts."""
        return bool(self.roles & _EDITORS)

    @property
    def may_save_lists(self) -> bool:
        """Whether they may see and save visit lists: any role will do."""
        return bool(self.roles)

    @property
    def may_see_log(self) -> bool:
        """Whether they may read the log."""
        return Role.ADMINISTRATOR in self.roles


NOBODY: Final = Identity()
THIS_MACHINE: Final = Identity("lokale gebruiker", frozenset(Role))
"""Local user of the server's machine, in the mode `local`."""
