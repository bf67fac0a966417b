"""Every verb that the audit trail knows."""

from zuji.briefing.enums import Verb as OfFigures
from zuji.checkin.enums import Verb as OfCheckins
from zuji.committee.enums import Verb as OfOrganisations
from zuji.core.enums import Verb as OfWorks
from zuji.people.enums import Verb as OfPeople
from zuji.register.enums import Verb as OfFirms
from zuji.trail.enums import Verb as OfTrails

FAMILIES = (OfPeople, OfOrganisations, OfTrails, OfCheckins, OfFigures, OfWorks, OfFirms)
VERBS = [str(verb) for verbs in FAMILIES for verb in verbs]
