"""Someone who looks at a page: a name, and the roles that say what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What someone is here for; the words are those of the provider's claim."""

    ANALYST = "analist"
    """Uploads, publishes and withdraws."""
    ADMINISTRATOR = "beheerder"
    """Does that too, and reads the log."""
    AMBASSADOR = "ambassadeur"
    """Keeps visit lists, and publishes nothing."""


_EDITORS: Final = frozenset({Role.ANALYST, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Identity:
    """Someone who looks.

    Parameters
    ----------
    name : as it is written with what they publish; empty for who is not known
    roles : what they are here for; empty for who only looks
    signed_in : whether a provider said who this is, so that they can sign out again
    """

    name: str = ""
    roles: frozenset[Role] = frozenset()
    signed_in: bool = False

    @property
    def may_edit(self) -> bool:
        """Whether they may upload, publish and withdraw, and see drafts."""
        return bool(self.roles & _EDITORS)

    @property
    def may_keep_lists(self) -> bool:
        """Whether they may keep visit lists, and see those that are kept: whoever has a role."""
        return bool(self.roles)

    @property
    def may_see_log(self) -> bool:
        """Whether they may read who did what."""
        return Role.ADMINISTRATOR in self.roles


NOBODY: Final = Identity()
THIS_MACHINE: Final = Identity("deze computer", frozenset(Role))
"""Whoever sits at the machine that the server runs on, in the mode `local`."""
