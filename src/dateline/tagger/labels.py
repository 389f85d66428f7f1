"""The order in which the tagger's outputs stand: one place, read by training and run time alike.

Changing an order here makes older weights unreadable; ``weights/card.json`` repeats it and is checked.
"""

from __future__ import annotations

from dateline.records import Civilian, EventType, HarmKind, Layer, Scope, Stance, Status

TYPES = tuple(EventType)
STATUSES = tuple(Status)
SCOPES = tuple(Scope)
LAYERS = tuple(Layer)
KINDS = tuple(HarmKind)
CIVILIANS = tuple(Civilian)
STANCES = tuple(Stance)

#: Begin / inside / outside, the order of every span tag.
BIO = ("O", "B", "I")

# Columns of the encoder's per-piece logits.
TRIGGER_AT = 0
TYPE_AT = TRIGGER_AT + len(BIO)
STATUS_AT = TYPE_AT + len(TYPES)
SCOPE_AT = STATUS_AT + len(STATUSES)
OLD_AT = SCOPE_AT + len(SCOPES)
LAYER_AT = OLD_AT + 2
PIECE_LOGITS = LAYER_AT + len(LAYERS) * len(BIO)

# Columns of the trigger–span link logits. A party has two (actor, target), a count and a who one a kind of
# harm and then the civilian standing, a speaker one a stance; every other layer has one.
LINK_AT = {
    Layer.PARTY: 0,
    Layer.PLACE: 2,
    Layer.SITE: 3,
    Layer.DATE: 4,
    Layer.WEAPON: 5,
    Layer.CUE: 6,
    Layer.COUNT: 7,
    Layer.WHO: 7 + len(KINDS),
    Layer.SPEAKER: 7 + 2 * len(KINDS),
}
LINK_WIDTH = {
    Layer.PARTY: 2,
    Layer.PLACE: 1,
    Layer.SITE: 1,
    Layer.DATE: 1,
    Layer.WEAPON: 1,
    Layer.CUE: 1,
    Layer.COUNT: len(KINDS),
    Layer.WHO: len(KINDS),
    Layer.SPEAKER: len(STANCES),
}
CIVILIAN_AT = LINK_AT[Layer.SPEAKER] + len(STANCES)
LINK_LOGITS = CIVILIAN_AT + len(CIVILIANS)

#: Links reach this many words to either side; further pairs are never true (0 of 6,102 training claims
#: have an argument over 120 words away whose nearer mention was not meant; measured 2026-11-25).
LINK_REACH = 120

#: Two triggers are compared for the same incident up to this many triggers apart.
INCIDENT_REACH = 40


def orders() -> dict[str, list[str]]:
    """The label orders by name, as ``card.json`` stores them."""
    return {
        "types": list(TYPES),
        "statuses": list(STATUSES),
        "scopes": list(SCOPES),
        "layers": list(LAYERS),
        "kinds": list(KINDS),
        "civilians": list(CIVILIANS),
        "stances": list(STANCES),
    }
