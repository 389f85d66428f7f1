"""The records that pass between stages: frozen, typed, and the only types that cross a wall.

Their JSON form is the public contract (docs/reference/output.md). Offsets count Unicode code points in
``Report.text``; wherever a record carries a :class:`Span`, ``report.text[start:end]`` is its text.
This module imports nothing of Dateline but its errors.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

import msgspec

from dateline.errors import EvidenceError

# ---------------------------------------------------------------- closed lists


class EventType(StrEnum):
    """What kind of act a claim tells of. Definitions: ``codebook/data/types.toml``."""

    CLASH = "clash"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    SUICIDE_BOMBING = "suicide_bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    SHOOTING = "shooting"
    ATTACK = "attack"
    EXECUTION = "execution"
    KILLING = "killing"
    ABDUCTION = "abduction"
    ARREST = "arrest"
    ABUSE = "abuse"
    DESTRUCTION = "destruction"
    PROTEST = "protest"
    RIOT = "riot"
    CAPTURE = "capture"
    WITHDRAWAL = "withdrawal"
    SIEGE = "siege"
    DEPLOYMENT = "deployment"
    DISPLACEMENT = "displacement"
    AID = "aid"
    AGREEMENT = "agreement"


class Status(StrEnum):
    """Whether the act is told as having happened."""

    HAPPENED = "happened"
    PREVENTED = "prevented"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Scope(StrEnum):
    """One incident, or several summed (a campaign, a habit, a cumulative toll)."""

    SINGLE = "single"
    REPEATED = "repeated"


class Stance(StrEnum):
    """How a speaker stands to what is told."""

    SAYS = "says"
    CLAIMS_RESPONSIBILITY = "claims_responsibility"
    ADMITS = "admits"
    DENIES = "denies"
    ACCUSES = "accuses"
    CONDEMNS = "condemns"
    WARNS = "warns"
    DEMANDS = "demands"
    ORDERS = "orders"


class HarmKind(StrEnum):
    """What was done to people."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    TRAPPED = "trapped"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DISPLACED = "displaced"


class Civilian(StrEnum):
    """Civilian standing of the people harmed, by the words alone."""

    YES = "yes"
    NO = "no"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """Whose people were harmed, seen from the act."""

    ACTOR = "actor"
    TARGET = "target"
    BYSTANDER = "bystander"
    UNKNOWN = "unknown"


class HarmState(StrEnum):
    """A number is stated, said to be none, or said to be unknown. Not stated = no entry at all."""

    STATED = "stated"
    NONE = "none"
    UNKNOWN = "unknown"


class Denies(StrEnum):
    """What a speaker with stance ``denies`` denies."""

    OCCURRENCE = "occurrence"
    ACTOR = "actor"
    HARM = "harm"


class ActorKind(StrEnum):
    """What sort of body an actor, target or speaker is. Definitions: ``codebook/data/kinds.toml``."""

    STATE_FORCES = "state_forces"
    POLICE = "police"
    REBEL_GROUP = "rebel_group"
    MILITIA = "militia"
    COALITION = "coalition"
    PRIVATE_FORCE = "private_force"
    CRIMINAL_GROUP = "criminal_group"
    STATE = "state"
    AUTHORITY = "authority"
    CIVILIANS = "civilians"
    PROTESTERS = "protesters"
    JOURNALISTS = "journalists"
    MEDICS = "medics"
    AID_WORKERS = "aid_workers"
    MONITOR = "monitor"
    IGO = "igo"
    NGO = "ngo"
    MEDIA = "media"
    PERSON = "person"
    UNKNOWN = "unknown"


class PlacePrecision(StrEnum):
    """What the coordinates stand for."""

    EXACT = "exact"
    SETTLEMENT = "settlement"
    AREA = "area"
    ROAD = "road"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"


class DatePrecision(StrEnum):
    """How finely words date an act; ``open``: one end unknown."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    OPEN = "open"
    UNRESOLVED = "unresolved"


class Grade(StrEnum):
    """How well an event is supported; proposed by rule (fusion/data/grades.toml), never a judgement."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"


class Layer(StrEnum):
    """What sort of words the tagger marks; a party becomes actor or target by its link."""

    PARTY = "party"
    PLACE = "place"
    SITE = "site"
    DATE = "date"
    WEAPON = "weapon"
    COUNT = "count"
    WHO = "who"
    SPEAKER = "speaker"
    CUE = "cue"


class Role(StrEnum):
    """What a span is to a trigger."""

    ACTOR = "actor"
    TARGET = "target"
    PLACE = "place"
    SITE = "site"
    DATE = "date"
    WEAPON = "weapon"
    COUNT = "count"
    WHO = "who"
    SPEAKER = "speaker"
    CUE = "cue"


# ---------------------------------------------------------------- reports and spans


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all records: frozen, built by keyword, compared by value; without cycles, so without gc."""


class Part(Record, frozen=True):
    """Where a report stands in the text of its file, when one file held several reports."""

    start: int
    end: int


class Report(Record, frozen=True):
    """One news text, as published.

    ``text`` is what every offset counts in; ``published`` an ISO date or None, and ``published_rule``
    the words for where that date came from; ``pages`` where each page of a PDF begins in ``text``;
    ``sha256`` the digest of the original bytes.

    A report that was translated has the translation as its ``text``, what was published as ``original``, and
    the words of the command in ``translated_by``; its ``language`` is that of the original.
    """

    id: str
    text: str
    outlet: str | None = None
    published: str | None = None
    published_rule: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline_place: str | None = None
    agency: str | None = None
    url: str | None = None
    path: str | None = None
    part: Part | None = None
    pages: tuple[int, ...] = ()
    sha256: str | None = None
    language: str | None = None
    original: str | None = None
    translated_by: str | None = None
    audience: str = "internal"

    def span(self, start: int, end: int) -> Span:
        """The span ``text[start:end]`` of this report; EvidenceError when it is empty or outside."""
        return Span.of(self.text, start, end)


class Span(Record, frozen=True):
    """Words of a report: ``report.text[start:end] == text``, always. Offsets in code points.

    Raises EvidenceError when made with offsets that cannot hold ``text``. :meth:`of` cuts a span from
    its text and so cannot be wrong; :meth:`check` holds any span against the text it claims to be from.
    """

    text: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not self.text or self.start < 0 or self.end - self.start != len(self.text):
            raise EvidenceError(f"no span: {self.text!r} cannot stand at {self.start}:{self.end}")

    @classmethod
    def of(cls, whole: str, start: int, end: int, **fields: Any) -> Self:
        """Cut ``whole[start:end]``; EvidenceError when the offsets are outside ``whole``."""
        if not 0 <= start < end <= len(whole):
            raise EvidenceError(f"no span at {start}:{end} in a text of {len(whole)} characters")
        return cls(text=whole[start:end], start=start, end=end, **fields)

    def check(self, whole: str) -> Self:
        """Return this span if ``whole[start:end]`` is its text; EvidenceError if not."""
        if whole[self.start : self.end] != self.text:
            raise EvidenceError(
                f"span {self.start}:{self.end} is {whole[self.start : self.end]!r}, not {self.text!r}"
            )
        return self

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Sentence(Record, frozen=True):
    """Bounds of the sentence a trigger stands in."""

    start: int
    end: int


# ---------------------------------------------------------------- what the tagger says


class TaggedSpan(Span, frozen=True):
    """A span the tagger marked, with its layer and its score (0…1)."""

    layer: Layer
    score: float


class Trigger(Span, frozen=True):
    """Words that name an act, with the tagger's reading of it. Scores are probabilities, 0…1.

    ``confidence``: that an act is told here and has this type, held against annotated reports.
    """

    type: EventType
    status: Status
    scope: Scope
    old: bool
    score: float
    type_score: float
    confidence: float


class Link(Record, frozen=True):
    """One trigger's tie to one span (indices into :class:`Tags`).

    ``harm`` and ``civilian`` are given for counts and whos, ``stance`` for speakers and cues.
    """

    trigger: int
    span: int
    role: Role
    score: float
    harm: HarmKind | None = None
    civilian: Civilian | None = None
    stance: Stance | None = None


class Join(Record, frozen=True):
    """A tie between two spans or two triggers: count–who, speaker–cue, same incident."""

    first: int
    second: int
    score: float


class Tags(Record, frozen=True):
    """All that one pass of the tagger found in one report."""

    triggers: tuple[Trigger, ...] = ()
    spans: tuple[TaggedSpan, ...] = ()
    links: tuple[Link, ...] = ()
    counted: tuple[Join, ...] = ()
    said: tuple[Join, ...] = ()
    same_incident: tuple[Join, ...] = ()


# ---------------------------------------------------------------- claims


class Actor(Record, frozen=True):
    """A resolved actor: ``id`` of the known-actors list or None, country ISO 3166-1 alpha-2 or None."""

    name: str | None = None
    id: str | None = None
    country: str | None = None
    kind: ActorKind = ActorKind.UNKNOWN


class ActorMention(Span, frozen=True):
    """Words for an actor or target, and who that is (fields of :class:`Actor`)."""

    name: str | None = None
    id: str | None = None
    country: str | None = None
    kind: ActorKind = ActorKind.UNKNOWN


class PlaceAlternative(Record, frozen=True):
    """Another reading of the same place words."""

    name: str
    geonameid: int | None
    country: str | None
    admin1: str | None
    lat: float
    lon: float


class Place(Record, frozen=True):
    """A resolved place; coordinates WGS84 degrees, None when the gazetteer has no candidate."""

    name: str | None = None
    geonameid: int | None = None
    admin2: str | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    country: str | None = None
    country_name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    rule: str | None = None
    alternatives: tuple[PlaceAlternative, ...] = ()


class PlaceMention(Span, frozen=True):
    """Words for the place of an act, and where that is (fields of :class:`Place`)."""

    name: str | None = None
    geonameid: int | None = None
    admin2: str | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    country: str | None = None
    country_name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    rule: str | None = None
    alternatives: tuple[PlaceAlternative, ...] = ()


class SiteMention(Span, frozen=True):
    """Words for the kind of place hit or used; ``category`` from world/data/sites.jsonl or None.

    ``protection``: the rule of humanitarian law that protects such sites specially, None where there is none.
    """

    category: str | None = None
    protection: str | None = None


class WeaponMention(Span, frozen=True):
    """Words for a weapon; ``category`` from world/data/weapons.jsonl or None."""

    category: str | None = None


class Interval(Record, frozen=True, rename={"from_": "from"}):
    """A date interval, both ends included: ISO dates or None for an unknown end."""

    from_: str | None = None
    to: str | None = None
    precision: DatePrecision = DatePrecision.UNRESOLVED
    rule: str | None = None


class DateMention(Span, frozen=True, rename={"from_": "from"}):
    """Words that date an act, and the interval they mean (fields of :class:`Interval`)."""

    from_: str | None = None
    to: str | None = None
    precision: DatePrecision = DatePrecision.UNRESOLVED
    rule: str | None = None


class Count(Record, frozen=True):
    """A number read from words: ``min``/``max`` integers or None for an unknown bound."""

    min: int | None = None
    max: int | None = None
    approximate: bool = False
    state: HarmState = HarmState.STATED
    rule: str | None = None


class Harm(Record, frozen=True):
    """People harmed: how, how many, who. ``part_of``: index in the claim's harm list of the wider toll."""

    kind: HarmKind
    count: Span | None = None
    who: Span | None = None
    min: int | None = None
    max: int | None = None
    approximate: bool = False
    civilian: Civilian = Civilian.UNKNOWN
    groups: tuple[str, ...] = ()
    side: Side = Side.UNKNOWN
    part_of: int | None = None
    state: HarmState = HarmState.STATED
    rule: str | None = None

    def __post_init__(self) -> None:
        if self.count is None and self.who is None:
            raise EvidenceError("harm without words: neither count nor who")


class Attribution(Record, frozen=True):
    """One speaker of a claim. In a claim's chain the outermost speaker stands last."""

    who: Span | None = None
    cue: Span | None = None
    stance: Stance = Stance.SAYS
    denies: Denies | None = None
    name: str | None = None
    id: str | None = None
    country: str | None = None
    kind: ActorKind | None = None

    def __post_init__(self) -> None:
        if self.who is None and self.cue is None:
            raise EvidenceError("attribution without words: neither who nor cue")


class Claim(Record, frozen=True):
    """One incident as told in one passage of a report (docs/reference/codebook.md)."""

    claim_id: str
    report_id: str
    event_id: str | None
    type: EventType
    status: Status
    scope: Scope
    old: bool
    trigger: Span
    sentence: Sentence
    actors: tuple[ActorMention, ...] = ()
    targets: tuple[ActorMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    sites: tuple[SiteMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()
    harm: tuple[Harm, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    confidence: float = 0.0
    same_as: tuple[str, ...] = ()
    audience: str = "internal"

    def spans(self) -> list[Span]:
        """Every span this claim rests on."""
        found: list[Span] = [self.trigger, *self.actors, *self.targets, *self.places, *self.sites]
        found += [*self.dates, *self.weapons]
        for harm in self.harm:
            found += [s for s in (harm.count, harm.who) if s]
        for said in self.attribution:
            found += [s for s in (said.who, said.cue) if s]
        return found

    def check(self, report: Report) -> Self:
        """Return this claim if every span in it is the report's own words; EvidenceError if not."""
        if self.report_id != report.id:
            raise EvidenceError(f"claim {self.claim_id} is of report {self.report_id}, not {report.id}")
        for span in self.spans():
            span.check(report.text)
        return self


# ---------------------------------------------------------------- events


class Range(Record, frozen=True):
    """A reported range; None for an unknown bound."""

    min: int | None = None
    max: int | None = None


class Account(Record, frozen=True):
    """One claim's figure: who says it, who published it."""

    min: int | None
    max: int | None
    civilian: Civilian
    claim_id: str
    speaker: str | None
    outlet: str | None


class Toll(Record, frozen=True):
    """People harmed in an event: the reported range, the shown figure and the rule that chose it."""

    state: HarmState
    min: int | None
    max: int | None
    best: int | None
    civilians: Range
    combatants: Range
    rule: str
    accounts: tuple[Account, ...]


class ConflictValue(Record, frozen=True):
    """One of several values that accounts give for a field, with the claims that give it."""

    value: str
    claim_ids: tuple[str, ...]


class Conflict(Record, frozen=True):
    """A field on which accounts of one event disagree."""

    field: str
    values: tuple[ConflictValue, ...]


class Event(Record, frozen=True):
    """One real incident, as far as its claims show: shown values with their rules, all values kept.

    ``came_from``: other events of an earlier run that claims of it were in: merged into it, or split.
    """

    event_id: str
    type: EventType
    types: tuple[EventType, ...]
    status: Status
    scope: Scope
    old: bool
    date: Interval
    place: Place | None
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    killed: Toll | None
    injured: Toll | None
    displaced: Toll | None
    detained: Toll | None
    abducted: Toll | None
    missing: Toll | None
    trapped: Toll | None
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: int
    grade: Grade | None
    reasons: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    came_from: tuple[str, ...] = ()
    audience: str = "internal"


# ---------------------------------------------------------------- outcomes


class OutcomeKind(StrEnum):
    """How an input ended."""

    CODED = "coded"
    NO_CONFLICT = "no conflict content"
    DUPLICATE = "duplicate"
    UNSUPPORTED_LANGUAGE = "unsupported language"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    FAILED = "failed"
    NOT_CODED = "not coded"

    @property
    def is_error(self) -> bool:
        """Whether this outcome makes ``dateline code`` exit 1."""
        return self in (OutcomeKind.UNREADABLE, OutcomeKind.TOO_LARGE, OutcomeKind.FAILED)


class Outcome(Record, frozen=True):
    """One row of outcomes.csv: an input, the reports it held, how it ended and why."""

    path: str
    report_ids: tuple[str, ...]
    outcome: OutcomeKind
    reason: str = ""
