// The event that is open: what is reported, on what accounts disagree, and who rests on whom.

const LISTED_AT_ONCE = 20; // figures, outlets and voices named one by one
const heading = (level, text) => el(`h${level}`, {}, text);
const note = (text) => el("p", { class: "note" }, text);
const small = (...children) => el("small", {}, ...children);
const rest = (list) => (list.length > LISTED_AT_ONCE ? [` and ${list.length - LISTED_AT_ONCE} more`] : []);
const goTo = (claim) => (claim >= 0 ? [" ", el("button", { type: "button", class: "go", "data-claim": claim }, "words")] : []);
const outletOf = (report) => words(report?.outlet || "outlet unknown");
const publishedOn = (report) => ` ${report?.published ?? "date unknown"} `;

function drawPanel(index) {
  const event = events[index];
  const at = listed.indexOf(index);
  const step = (name, way, to) => el("button", { type: "button", "data-step": way, disabled: listed[to] === undefined }, name);
  const link = `#${encodeURIComponent(event.id)}`;
  $("facts").replaceChildren(
    el("div", { class: "tools" },
      ...(at >= 0 ? [step("Previous", -1, at - 1), step("Next", 1, at + 1)] : []),
      el("a", { href: link, class: "permalink", title: "The address of this event in this file" }, "Link to ", words(event.id)),
      el("button", { type: "button", "data-close": true, "aria-label": "Close the event (Escape)" }, "Close")),
    el("h2", { id: "event-name", tabindex: "-1" }, plain(event.type), ...(event.place ? [", ", words(event.place.name)] : []),
      ...event.apart.map((why) => rounded(why, "apart"))),
    el("p", { class: "say", dir: "auto" }, ...shown(event.say)),
    ...(at >= 0 ? [] : [note("The filters hide this event from the list and the map.")]),
    summary(event),
    ...figuresOf(event),
    ...disagreements(event),
    ...origins(event),
    ...(isPublic ? [] : [heading(3, plural(event.counts[0], "account")), ...accounts(event, index)]));
  $("texts").hidden = isPublic; // the public page holds no report's words
  if (!isPublic) $("texts").replaceChildren(legend(), ...reportsOf(event, index));
  $("facts").scrollTop = $("texts").scrollTop = 0;
}

function summary(event) {
  const list = el("dl", { class: "summary" });
  const add = (name, ...value) => list.append(el("div", {}, el("dt", {}, name), el("dd", {}, ...value)));
  const rule = (text) => (text ? [small(words(text))] : []);
  const eachOnALine = (texts) => texts.map((text) => el("div", {}, words(text)));
  const sides = (parties) => (parties.length ? eachOnALine(parties.map((one) => one.whole)) : [none()]);
  add("Date", words(event.date.text), ...rule(event.date.rule));
  if (event.place) add("Place", words(event.place.whole), ...rule(event.place.rule));
  add("Actors", ...sides(event.actors));
  add("Targets", ...sides(event.targets));
  for (const [kind, toll] of Object.entries(event.tolls)) {
    const [text, , , best, why, civilians, combatants] = toll;
    const parts = [civilians && `civilians ${civilians}`, combatants && `combatants ${combatants}`].filter(Boolean);
    add(kind[0].toUpperCase() + kind.slice(1),
      el("strong", {}, text), best === null ? "" : ` shown: ${thousands.format(best)}`,
      ...eachOnALine(parts), ...rule(why));
  }
  add("Grade", event.grade ? rounded(event.grade, `grade ${event.grade}`) : none(), ...eachOnALine(event.reasons));
  add("Sources", `${plural(event.origins, "origin")}, ${plural(event.counts[1], "report")}: `,
    ...counts(event.outlets).slice(0, LISTED_AT_ONCE).flatMap(([outlet, times], n) => (
      [n ? ", " : "", words(outlet), times > 1 ? ` (${times})` : ""])), ...rest(event.outlets));
  if (event.types.length) add("Also told as", event.types.map(plain).join(", "));
  return list;
}

/** Every figure that an account gives, beside who gives it: what the ranges above are made of. */
function figuresOf(event) {
  const told = Object.entries(event.tolls).flatMap(([kind, toll]) => toll[7].map((figure) => [kind, ...figure]));
  if (told.length < (isPublic ? 1 : 2)) return [];
  const rows = told.slice(0, 2 * LISTED_AT_ONCE).map(([kind, range, civilian, speaker, outlet, claim]) => el("tr", {},
    el("td", {}, kind), el("td", { class: "number" }, el("strong", {}, range)),
    el("td", { "data-head": "of whom" }, { yes: "civilians", no: "combatants", mixed: "both" }[civilian] ?? "not said"),
    el("td", { class: "long", "data-head": "who says it" }, words(speaker || "own voice")),
    el("td", { class: "long", "data-head": "told by" }, words(outlet || "outlet unknown"), ...goTo(claim))));
  const left = told.length - rows.length;
  const head = ["Harm", "Figure", "Of whom", "Who says it", "Told by"].map((name) => (
    el("th", { scope: "col", class: name === "Figure" ? "number" : null }, name)));
  return [heading(3, "Figures, account by account"),
    el("table", { class: "figures-table lines" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)),
    ...(left > 0 ? [el("p", { class: "about" }, `and ${thousands.format(left)} more`)] : [])];
}

function disagreements(event) {
  if (!event.conflicts.length) return [];
  const rows = event.conflicts.map(([field, values]) => el("tr", {},
    el("th", { scope: "row" }, words(field)),
    el("td", {}, ...values.map(([value, said]) => el("div", {}, words(value), small(...voices(said)))))));
  return [heading(3, "Where accounts disagree"), el("table", { class: "conflicts" }, el("tbody", {}, ...rows))];
}

function voices(said) {
  const known = said.filter((claim) => claim >= 0);
  const named = known.slice(0, LISTED_AT_ONCE);
  const end = (n) => (n + 1 < named.length ? ";" : ""); // stays with the button before it at the end of a line
  return [...named.flatMap((claim, n) => [" ", words(speakerOf(claims[claim])), " ",
    el("span", { class: "whole" }, ...goTo(claim).slice(1), end(n))]), ...rest(known)];
}

function speakerOf(claim) {
  const outlet = reports[claim.report]?.outlet || "outlet unknown";
  const first = claim.chain[0];
  return first ? `${first[3] || wordsAt(claim, first[0]) || "someone"}, ${outlet}` : outlet;
}

function wordsAt(claim, span) {
  if (!span) return "";
  const text = textOf(claim.report);
  if (text === undefined) return span[2] ?? "";
  const units = unitsOf(text);
  return text.slice(units(span[0]), units(span[1]));
}

// ---------------------------------------------------------------- origins

/** Reports of an event, and what ties them to one origin: one outlet, or one named speaker behind their figures. */
function origins(event) {
  if (event.reports.length < 2) return [];
  const own = event.claims.map((claim) => claims[claim]);
  const said = new Map(event.reports.map((report) => [report, speakersOf(own.filter((claim) => claim.report === report))]));
  const rows = event.reports.slice(0, 3 * LISTED_AT_ONCE).map((number, n) => {
    const earlier = event.reports.slice(0, n);
    const ties = [
      ...earlier.filter((other) => reports[other].outlet && reports[other].outlet === reports[number].outlet).slice(0, 1)
        .map((other) => ["same outlet as ", other]),
      ...[...said.get(number)].flatMap(([key, name]) => earlier.filter((other) => said.get(other).has(key)).slice(0, 1)
        .map((other) => [`rests on ${flat(name)}, as does `, other])),
      ...earlier.filter((other) => reports[other].agency && reports[other].agency === reports[number].agency).slice(0, 1)
        .map((other) => [`credits ${flat(reports[other].agency)}, as does `, other]),
    ];
    return el("tr", {},
      el("th", { scope: "row", class: "long" }, outletOf(reports[number]), small(publishedOn(reports[number]))),
      el("td", { class: "long", "data-head": "figures rest on" }, ...[...said.get(number).values()].flatMap((name, k) => [k ? ", " : "", words(name)]), ...(said.get(number).size ? [] : [none()])),
      el("td", { class: "long", "data-head": "shared with an earlier one" }, ...ties.map(([why, other]) => el("div", {}, why, outletOf(reports[other]), small(publishedOn(reports[other])))),
        ...(ties.length ? [] : [n ? "nothing that is named" : "–"])));
  });
  const head = ["Report", "Figures rest on", "Shared with an earlier one"].map((name) => el("th", { scope: "col" }, name));
  return [heading(3, "Who rests on whom"),
    el("p", { class: "about" }, `${plural(event.reports.length, "report")}, counted as ${plural(event.origins, "origin")}: `,
      "reports of one outlet, with one text, or with one named speaker behind their figures count once."),
    el("table", { class: "origins-table lines" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows))];
}

/** The named speakers that figures of these claims rest on, innermost first: by key, their names. */
function speakersOf(told) {
  const found = new Map();
  for (const claim of told.filter((one) => one.roles.some(([role]) => role === "harm"))) {
    for (const [who, , , name, , id] of claim.chain) {
      const known = name || wordsAt(claim, who);
      if (!id && !/\p{Lu}/u.test(known)) continue;
      found.set(id || known.toLowerCase(), known);
      break;
    }
  }
  return found;
}
