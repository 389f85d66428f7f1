// The table. Only the rows in sight are drawn: 50,000 events scroll like 50.

const OVERSCAN = 12; // rows drawn above and below what is in sight
const GRADES = { confirmed: 4, fair: 3, weak: 2, contested: 1 };
const rounded = (text, name, title = null) => el("span", { class: name, title }, ...[text].flat());
const none = () => rounded("–", "none", "not stated");

const COLUMNS = [ // key: what to sort by, nothing sorts last both ways; cell: what is shown
  { name: "date", label: "Date", downFirst: true, key: (e) => e.date.day,
    cell: (e) => [words(shortDate(e.date), { title: flat([e.date.text, e.date.rule && `rule: ${e.date.rule}`].filter(Boolean).join("\n")) })] },
  { name: "type", label: "Type", key: (e) => plain(e.type),
    cell: (e) => [plain(e.type), ...e.apart.map((why) => rounded(why, "apart"))] },
  { name: "place", label: "Place", key: (e) => e.place?.name || null, cell: placeCell },
  { name: "killed", label: "Killed", number: true, key: (e) => amount(e, "killed"), cell: (e) => [people(e, "killed")] },
  { name: "injured", label: "Injured", number: true, key: (e) => amount(e, "injured"), cell: (e) => [people(e, "injured")] },
  { name: "parties", label: "Actors → targets",
    key: (e) => [...e.actors, ...e.targets].map((one) => one.name).join(" ") || null,
    cell: (e) => (e.actors.length || e.targets.length ? [side(e.actors), " → ", side(e.targets)] : [none()]) },
  { name: "grade", label: "Grade", downFirst: true, key: (e) => GRADES[e.grade] ?? null,
    cell: (e) => [e.grade ? rounded(e.grade, `grade ${e.grade}`, e.reasons.map(flat).join("\n")) : none()] },
  { name: "origins", label: "Origins", number: true, key: (e) => e.origins, cell: (e) => [String(e.origins)] },
  { name: "reports", label: "Reports", number: true, key: (e) => e.counts[1], cell: (e) => [String(e.counts[1])] },
  { name: "conflicts", label: "Conflicts", number: true, key: (e) => e.conflicts.length, cell: conflictCell },
];
/** A date for a narrow column: what the two ends of a range share is said once. */
function shortDate({ text, from, to, open }) {
  if (open || !from || from === to || from.length !== 10 || to.length !== 10) return text;
  if (from.endsWith("-01-01") && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4);
  if (from.endsWith("-01") && dayOf(to) + 1 === monthOf(dayOf(from), 1)) return from.slice(0, 7);
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${from.slice(0, 4)} – ${to.slice(0, 4)}`;
  return from.slice(5, 7) === to.slice(5, 7) ? `${from} – ${to.slice(8)}` : `${from} – ${to.slice(5)}`;
}

const classOf = (column) => (column.number ? `${column.name} number` : column.name);

function amount(event, kind) { // no upper bound and no lower one: before the numbers, after "not stated"
  const toll = event.tolls[kind];
  return toll ? toll[1] ?? (toll[2] === null ? -1 : 0) : null;
}

function people(event, kind) {
  const toll = event.tolls[kind];
  if (!toll) return none();
  const short = toll[0].replace(" or more", "+").replace("up to ", "≤ ");
  return rounded(short, "people", `${kind}: ${toll[0]} (rule: ${flat(toll[4])})`);
}

function placeCell({ place }) {
  if (!place) return [none()];
  const coarse = place.lat !== null && !place.pin;
  return [words(place.name, { title: flat(place.whole) }), ...(coarse ? [rounded(plain(place.precision ?? "area"), "apart")] : [])];
}

function side(list) {
  if (!list.length) return none();
  return el("span", {}, ...list.flatMap((one, n) => [n ? ", " : "", words(one.name, { title: flat(one.whole) })]));
}

function conflictCell({ conflicts }) {
  if (!conflicts.length) return [];
  const fields = conflicts.map(([field]) => flat(field)).join(", ");
  const sign = el("span", { "aria-hidden": "true" }, "≠ ");
  return [rounded([sign, String(conflicts.length)], "conflict", `accounts disagree on: ${fields}`)];
}

let order = { column: "date", down: true };
let drawn = [0, 0]; // positions in `listed` of the first row drawn and of the one after the last
let cursor = 0; // position of the row that the tab key stops at
let rowHeight = 34; // pixels; measured once rows stand
let printing = false;

const rowOf = (index) => $("rows").querySelector(`tr[data-event="${index}"]`);

function row(position) {
  const [index, event] = [listed[position], events[listed[position]]];
  const tr = el("tr", {
    tabindex: position === cursor ? "0" : "-1", "data-event": index, "aria-rowindex": position + 2,
    "aria-current": index === selected ? "true" : null,
  });
  for (const column of COLUMNS) tr.append(el("td", { class: classOf(column) }, ...column.cell(event)));
  return tr;
}

/** The list anew, from its top. */
function drawList() {
  cursor = Math.max(0, listed.indexOf(selected));
  $("rows").replaceChildren();
  drawn = [0, 0];
  $("table").setAttribute("aria-rowcount", listed.length + 1);
  $("scroll").scrollTop = 0;
  drawRows();
  const first = $("rows").firstElementChild;
  const height = first?.getBoundingClientRect().height;
  if (height && height !== rowHeight && !printing) { rowHeight = height; drawRows(); }
  $("none").hidden = listed.length > 0;
}

/** The rows in sight; those that stay are left alone, so that focus and selection stay too. */
function drawRows() {
  const { scrollTop, clientHeight } = $("scroll");
  let from = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
  let to = Math.min(listed.length, Math.ceil((scrollTop + (clientHeight || 600)) / rowHeight) + OVERSCAN);
  if (printing) [from, to] = [0, listed.length];
  const rows = $("rows");
  if (from >= drawn[1] || to <= drawn[0]) { rows.replaceChildren(); drawn = [from, from]; }
  while (drawn[0] < from) { drop(rows.firstElementChild); drawn[0]++; }
  while (drawn[1] > to) { drop(rows.lastElementChild); drawn[1]--; }
  if (drawn[0] > from) {
    const above = document.createDocumentFragment();
    for (let at = from; at < drawn[0]; at++) above.append(row(at));
    rows.prepend(above);
    drawn[0] = from;
  }
  const below = document.createDocumentFragment();
  for (; drawn[1] < to; drawn[1]++) below.append(row(drawn[1]));
  rows.append(below);
  const head = $("heads").getBoundingClientRect().height;
  $("canvas").style.height = `${head + listed.length * rowHeight}px`;
  $("canvas").style.paddingTop = `${drawn[0] * rowHeight}px`;
}

function drop(tr) {
  if (tr === document.activeElement) $("scroll").focus({ preventScroll: true });
  tr.remove();
}

/** Scroll the list, and nothing else, so that the row at `position` is in sight; the row. */
function reveal(position) {
  const pane = $("scroll");
  const head = $("heads").getBoundingClientRect().height;
  const [top, bottom] = [position * rowHeight, (position + 1) * rowHeight + head];
  if (top < pane.scrollTop) pane.scrollTop = top;
  else if (bottom > pane.scrollTop + pane.clientHeight) pane.scrollTop = bottom - pane.clientHeight;
  drawRows();
  return rowOf(listed[position]);
}

function moveTo(position) {
  rowOf(listed[cursor])?.setAttribute("tabindex", "-1");
  cursor = Math.max(0, Math.min(listed.length - 1, position));
  const tr = reveal(cursor);
  tr?.setAttribute("tabindex", "0");
  tr?.focus({ preventScroll: true });
}

function markSelected(before) {
  rowOf(before)?.removeAttribute("aria-current");
  rowOf(selected)?.setAttribute("aria-current", "true");
}

function drawHeads() {
  $("heads").replaceChildren(...COLUMNS.map((column) => {
    const way = order.column === column.name ? (order.down ? "descending" : "ascending") : null;
    return el("th", { scope: "col", class: classOf(column), "aria-sort": way },
      el("button", { type: "button", "data-sort": column.name }, column.label));
  }));
}

$("heads").addEventListener("click", (click) => {
  const name = click.target.closest("[data-sort]")?.dataset.sort;
  const column = COLUMNS.find((one) => one.name === name);
  if (!column) return;
  order = { column: name, down: order.column === name ? !order.down : Boolean(column.downFirst || column.number) };
  drawHeads();
  $("heads").querySelector(`[data-sort="${name}"]`).focus();
  relist({ keepMap: true });
});
$("rows").addEventListener("click", (click) => {
  const tr = click.target.closest("tr");
  if (!tr || String(getSelection())) return;
  cursor = listed.indexOf(Number(tr.dataset.event));
  open(Number(tr.dataset.event));
});
$("rows").addEventListener("mouseover", (over) => point(Number(over.target.closest("tr")?.dataset.event ?? -1)));
$("rows").addEventListener("mouseleave", () => point(-1));
$("rows").addEventListener("focusin", (focus) => point(Number(focus.target.closest("tr")?.dataset.event ?? -1)));
$("rows").addEventListener("focusout", () => point(-1));
$("scroll").addEventListener("keydown", (key) => {
  if (key.target !== $("scroll") && !key.target.closest("#rows")) return;
  const page = Math.max(1, Math.floor($("scroll").clientHeight / rowHeight) - 2);
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[key.key];
  if (step !== undefined) { key.preventDefault(); moveTo(cursor + step); }
  if ((key.key === "Enter" || key.key === " ") && listed.length) {
    key.preventDefault();
    open(listed[cursor], { focus: true });
  }
});
$("scroll").addEventListener("scroll", () => drawRows(), { passive: true });
new ResizeObserver(() => { if (!printing) drawRows(); }).observe($("scroll"));
addEventListener("beforeprint", () => { printing = true; drawRows(); });
addEventListener("afterprint", () => { printing = false; drawRows(); });

/** Show on the map and the timeline where the event under the pointer is. */
function point(index) {
  pointOnMap(index);
  pointOnTimeline(index);
}
