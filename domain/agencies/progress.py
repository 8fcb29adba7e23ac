"""Where a case stands at an agency, and who must act next (P72)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.message_types import AgencyNews


class WhoActs(StrEnum):
    """Whose turn it is."""

    AGENCY = "agency"
    WE = "we"


ACTS_NEXT: Mapping[AgencyNews, WhoActs] = MappingProxyType(
    {
        AgencyNews.RECEIVED: WhoActs.AGENCY,
        AgencyNews.NEEDS_INFO: WhoActs.WE,
        AgencyNews.ACCEPTED: WhoActs.AGENCY,
        AgencyNews.WORKING: WhoActs.AGENCY,
        AgencyNews.PAUSED: WhoActs.AGENCY,
        AgencyNews.LEGAL: WhoActs.WE,
        AgencyNews.CLOSED: WhoActs.WE,
        AgencyNews.RETURNED: WhoActs.WE,
    }
)
"""Each state of a case at an agency, and who must act next; legal steps are decided by a person."""

ENDS_ITS_WORK = (AgencyNews.CLOSED, AgencyNews.RETURNED)
"""States after which the agency does nothing more, whatever is open."""

ASKS = (AgencyNews.NEEDS_INFO, AgencyNews.LEGAL, AgencyNews.MESSAGE)
"""News that wait for an answer of ours."""

NEWS_MEANS: Mapping[AgencyNews, str] = MappingProxyType(
    {
        AgencyNews.RECEIVED: "it has the file",
        AgencyNews.NEEDS_INFO: "it needs something from us before it goes on",
        AgencyNews.ACCEPTED: "it takes the case",
        AgencyNews.WORKING: "it is in touch with the customer",
        AgencyNews.PAUSED: "it waits, for a plan or for the customer",
        AgencyNews.LEGAL: "it wants to take legal steps, which a person decides",
        AgencyNews.CLOSED: "it has ended its work",
        AgencyNews.RETURNED: "it gave the case back",
        AgencyNews.MESSAGE: "it wrote to us",
        AgencyNews.TOLD: "we wrote to it",
    }
)
"""What each news means, in words."""
