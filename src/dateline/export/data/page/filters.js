// What is listed: the filters, the mark of the map that was picked, and the view of the map.

const CHOICES_UP_TO = 300; // names in one menu; the search box finds the rest
const FIELDS = ["type", "place", "actor", "grade", "from", "to"];
const APART = ["status", "repeated", "background"];

let listed = []; // indices of the events that pass the filters, in the order of the table
let narrowed = null; // {indices, label}: events of one mark of the map
let selected = -1; // index of the event that is open
let choices = { place: [], actor: [] }; // what the numbers in these menus stand for

const haystacks = new Map(); // what the search looks in, made when first asked for
function haystack(index) {
  let text = haystacks.get(index);
  if (text === undefined) {
    const e = events[index];
    const said = e.claims.flatMap((c) => claims[c].chain.map((speaker) => speaker[3]));
    text = [e.id, plain(e.type), ...e.types.map(plain), e.date.text, e.place?.whole, e.place?.country,
      ...[...e.actors, ...e.targets].map((one) => one.whole), ...e.outlets, ...said, e.grade, ...e.apart].join("\n").toLowerCase();
    haystacks.set(index, text);
  }
  return text;
}

/** Which events of those kept apart the boxes let through. */
function standing() {
  const [status, repeated, background] = APART.map((name) => $(`show-${name}`).checked);
  const shownToo = (why) => (why === "repeated" ? repeated : why === "background" ? background : status);
  return (event) => event.apart.every(shownToo);
}

/** What the filters ask, read once: a test of an event's index. */
function filter() {
  const stands = standing();
  const [type, , , grade, from, to] = FIELDS.map((name) => $(name).value);
  const [place, actor] = ["place", "actor"].map((name) => choices[name][$(name).value]);
  const asked = $("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const within = $("in-view").checked ? viewed() : null;
  return (index) => {
    const event = events[index];
    if (narrowed && !narrowed.indices.has(index)) return false;
    if (type && event.type !== type && !event.types.includes(type)) return false;
    if (grade && (event.grade ?? "none") !== grade) return false;
    if (place && !(event.place && event.place.country === place.country && (place.name === null || event.place.name === place.name))) return false;
    if (actor && ![...event.actors, ...event.targets].some((one) => one.name === actor)) return false;
    // An event is in a time where it may have happened then; one without a date is in none.
    if (from && !(event.date.to >= from)) return false;
    if (to && !(event.date.from !== null && event.date.from <= to)) return false;
    if (within && !(isLocated(event) && within(event.place))) return false;
    return stands(event) && asked.every((word) => haystack(index).includes(word));
  };
}

function relist({ keepMap = false } = {}) {
  const { key } = COLUMNS.find((column) => column.name === order.column);
  const keys = new Map();
  listed = [...events.keys()].filter(filter());
  for (const index of listed) keys.set(index, key(events[index]));
  listed.sort((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === null || y === null || x === undefined || y === undefined) return (x == null) - (y == null) || a - b;
    const way = typeof x === "number" ? x - y : x < y ? -1 : x > y ? 1 : 0;
    return (order.down ? -way : way) || a - b;
  });
  drawList();
  tell();
  drawTimeline();
  if (!keepMap) drawMap();
}

/** Say how many are listed and why not all. */
function tell() {
  const hidden = events.length - listed.length;
  $("shown").textContent = plural(listed.length, "event") + (hidden ? `, ${thousands.format(hidden)} not shown` : "");
  $("everywhere").hidden = !narrowed;
  if (narrowed) $("everywhere").replaceChildren("Only ", words(narrowed.label), " · show all");
  const set = FIELDS.filter((name) => $(name).value);
  $("clear").hidden = !(set.length || $("words").value || narrowed || $("in-view").checked);
  $("more").textContent = set.length ? `Filters (${set.length})` : "Filters";
  for (const name of FIELDS) $(name).classList.toggle("set", Boolean($(name).value));
  const lost = listed.filter((index) => !isLocated(events[index])).length;
  $("unplaced").textContent = lost ? `${plural(lost, "event")} listed without coordinates` : "";
}

function clear() {
  for (const name of [...FIELDS, "words"]) $(name).value = "";
  $("in-view").checked = false;
  narrowed = null;
  relist();
}

function during(from, to) {
  [$("from").value, $("to").value] = [from, to];
  relist();
}

/** Fill the menus with what the events hold, most frequent first; what was chosen stays chosen. */
function fillChoices() {
  const stands = standing();
  const known = events.filter(stands);
  fill("type", "All types", counts(known.map((e) => e.type)).map(([type, n]) => [type, `${plain(type)} (${n})`]));
  fill("grade", "All grades", counts(known.map((e) => e.grade ?? "none")).map(
    ([grade, n]) => [grade, `${grade === "none" ? "not graded" : grade} (${n})`]));
  fillNumbered("actor", "All actors", counts(known.flatMap((e) => [
    ...new Set([...e.actors, ...e.targets].map((one) => one.name))])));
  fillPlaces(known.map((e) => e.place).filter(Boolean));
}

function counts(names) {
  const found = new Map();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, CHOICES_UP_TO);
}

const option = (value, text) => el("option", { value }, text);
const isolated = (name) => `\u2068${flat(name)}\u2069`; // an option takes no <bdi>

function fill(id, all, rows) {
  const before = $(id).value;
  $(id).replaceChildren(option("", all), ...rows.map(([value, text]) => option(value, text)));
  $(id).value = before;
  if ($(id).selectedIndex < 0) $(id).value = "";
}

function fillNumbered(id, all, rows) {
  const before = choices[id][$(id).value];
  choices[id] = rows.map(([name]) => name);
  fill(id, all, rows.map(([name, n], number) => [number, `${isolated(name)} (${n})`]));
  const again = choices[id].indexOf(before);
  $(id).value = again < 0 ? "" : again;
}

function fillPlaces(places) {
  const before = choices.place[$("place").value];
  const groups = counts(places.map((place) => place.country)).map(([country, n]) => {
    const names = counts(places.filter((place) => place.country === country).map((place) => place.name))
      .filter(([name]) => name !== country);
    return { country, n, names };
  });
  choices.place = [];
  const add = (country, name, text) => option(choices.place.push({ country, name }) - 1, text);
  $("place").replaceChildren(option("", "All places"), ...groups.map(({ country, n, names }) => {
    const label = country || "Country not known";
    return el("optgroup", { label: isolated(label) }, add(country, null, `${isolated(label)}, all (${n})`),
      ...names.map(([name, number]) => add(country, name, `${isolated(name)} (${number})`)));
  }));
  const again = choices.place.findIndex((one) => before && one.country === before.country && one.name === before.name);
  $("place").value = again < 0 ? "" : again;
}

let waiting = 0;
$("words").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(relist, 80); });
for (const id of [...FIELDS, "in-view"]) $(id).addEventListener("change", () => relist());
for (const name of APART) $(`show-${name}`).addEventListener("change", () => { fillChoices(); relist(); });
document.querySelector("form").addEventListener("submit", (submit) => submit.preventDefault());
$("everywhere").addEventListener("click", () => { narrowed = null; relist(); $("words").focus(); });
$("clear").addEventListener("click", () => { clear(); $("words").focus(); });
$("more").addEventListener("click", () => {
  const open = $("more").getAttribute("aria-expanded") !== "true";
  $("more").setAttribute("aria-expanded", open);
  $("fields").classList.toggle("open", open);
});
