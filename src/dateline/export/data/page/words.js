// Words of reports, highlighted: which spans carry which value of which event.

const ROLES = ["trigger", "actor", "target", "place", "site", "date", "weapon", "harm", "speaker", "cue"];
const rank = (role) => ROLES.indexOf(role);
const spansOf = new WeakMap(); // mark element → the spans it shows

/** All spans of a claim: [start, end, role, claim, words where the page has no text]. */
function spans(claim) {
  const found = [[...claim.trigger.slice(0, 2), "trigger", claim]];
  for (const [role, , , places] of claim.roles) {
    for (const [start, end] of places) found.push([start, end, role, claim]);
  }
  for (const [who, cue] of claim.chain) {
    if (who) found.push([who[0], who[1], "speaker", claim]);
    if (cue) found.push([cue[0], cue[1], "cue", claim]);
  }
  return found;
}

/**
 * `text` from code point `from` to `to` with the spans in `marked` highlighted. Where spans overlap the first
 * by event and role shows, and one mark stands for as long as it does, so that a trigger is never cut.
 */
function highlighted(text, units, from, to, marked, focus) {
  const inside = marked.filter(([start, end]) => start < to && end > from)
    .sort((p, q) => (q[3].event === focus) - (p[3].event === focus) || rank(p[2]) - rank(q[2]));
  const edges = new Set([from, to]);
  for (const [start, end] of inside) edges.add(Math.max(start, from)).add(Math.min(end, to));
  const cuts = [...edges].sort((a, b) => a - b);
  const runs = []; // {a, b, top, cover}
  for (let n = 0; n + 1 < cuts.length; n++) {
    const [a, b] = [cuts[n], cuts[n + 1]];
    const cover = inside.filter(([start, end]) => start <= a && end >= b);
    const last = runs.at(-1);
    if (last && last.top === cover[0]) { last.b = b; for (const span of cover) last.cover.add(span); }
    else runs.push({ a, b, top: cover[0], cover: new Set(cover) });
  }
  const out = document.createDocumentFragment();
  for (const { a, b, top, cover } of runs) {
    const piece = shown(text.slice(units(a), units(b)));
    out.append(...(top ? [markFor(piece, top, [...cover], focus, b)] : piece));
  }
  return out;
}

function markFor(piece, top, cover, focus, upTo) {
  const [, end, role, claim] = top;
  const mine = claim.event === focus;
  const labels = new Set(cover.filter((span) => span[3].event === focus && span[2] !== "cue").map((span) => span[2]));
  const node = el("mark", {
    "data-role": role, class: mine ? "mine" : "other", title: about(cover),
    "data-label": mine && end <= upTo ? [...labels].join(" + ") : null, // once, where the span ends
    tabindex: role === "trigger" ? "0" : null, role: role === "trigger" ? "button" : null,
  }, el("span", {}, ...piece));
  spansOf.set(node, cover);
  return node;
}

function about(cover) {
  return [...new Set(cover.map(([, , role, claim]) => {
    const event = events[claim.event];
    const of = event ? [plain(event.type), event.place?.name, event.date.text].filter(Boolean).map(flat).join(", ") : "no event";
    return `${role === "trigger" ? "names the act:" : `${role} of`} ${plain(claim.type)} (${of})`;
  }))].join("\n");
}
