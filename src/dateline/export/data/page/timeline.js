// The timeline: events by day, week, month or year, and the days on which no report was published.
//
// An event whose date lies within one bar is drawn solid there. One that may have happened in several (a range), or
// of which only one end is known ("by 9 June"), is drawn hatched in each bar it may belong to, or at that end.

const DAY = 86_400_000;
const BARS_UP_TO = 100; // bars of one unit before the next wider one is taken
const MARGIN = { left: 30, right: 8, top: 10, bottom: 36 };
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const dayOf = (iso) => Math.floor(Date.parse(`${iso}T00:00:00Z`) / DAY); // NaN where there is no date
const dateOf = (day) => new Date(day * DAY);
const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);

const UNITS = [ // start: the first day of the unit a day lies in; next: the first day of the one after
  { name: "day", start: (day) => day, next: (day) => day + 1, length: 1 },
  { name: "week", start: (day) => day - ((day + 3) % 7 + 7) % 7, next: (day) => day + 7, length: 7 }, // from Monday
  { name: "month", start: (day) => monthOf(day, 0), next: (day) => monthOf(day, 1), length: 30 },
  { name: "year", start: (day) => yearOf(day, 0), next: (day) => yearOf(day, 1), length: 365 },
];
const monthOf = (day, plus) => Date.UTC(dateOf(day).getUTCFullYear(), dateOf(day).getUTCMonth() + plus, 1) / DAY;
const yearOf = (day, plus) => Date.UTC(dateOf(day).getUTCFullYear() + plus, 0, 1) / DAY;

const timeline = $("timeline");
let bars = []; // {from, to: days, edge: "earlier" | "later" | undefined, reports}
let unit = UNITS[0];
let span = [600, 160]; // of the timeline in pixels
let barStop = 0; // the bar that the tab key stops at

/**
 * The bars: the time of the reports, and as long again before and after where events lie there. What is further
 * away (the anniversary of a war) is one bar at the end, or a week's news would be a line a pixel wide.
 */
function layBars() {
  const published = Object.keys(coverage).map(dayOf).filter(Number.isFinite).sort((a, b) => a - b);
  const days = events.filter((e) => !e.apart.length).map((e) => dayOf(e.date.day)).filter(Number.isFinite).sort((a, b) => a - b);
  bars = [];
  if (!published.length && !days.length) return;
  const at = (list, share) => list[Math.round((list.length - 1) * share)];
  const core = published.length ? [published[0], published.at(-1)] : [at(days, 0.05), at(days, 0.95)];
  const reach = Math.max(7, core[1] - core[0] + 1);
  const near = days.filter((day) => day >= core[0] - reach && day <= core[1] + reach);
  const [low, high] = [Math.min(core[0], ...near.slice(0, 1)), Math.max(core[1], ...near.slice(-1))];
  unit = UNITS.find((one) => (high - low + 1) / one.length <= BARS_UP_TO) ?? UNITS.at(-1);
  for (let from = unit.start(low); from <= high; from = unit.next(from)) bars.push({ from, to: unit.next(from) - 1, reports: 0 });
  const [first, last] = [bars[0].from, bars.at(-1).to];
  for (const [iso, n] of Object.entries(coverage)) {
    const bar = bars[barOf(dayOf(iso))];
    if (bar) bar.reports += n;
  }
  const all = events.map((e) => [dayOf(e.date.from), dayOf(e.date.to)]);
  if (all.some(([from]) => from < first)) bars.unshift({ to: first - 1, edge: "earlier" });
  if (all.some(([, to]) => to > last)) bars.push({ from: last + 1, edge: "later" });
}

/** The position of the bar a day lies in, the ends for days beyond; -1 where there are no bars. */
function barOf(day) {
  let [low, high] = [0, bars.length - 1];
  while (low < high) {
    const half = (low + high) >> 1;
    if (day > bars[half].to) low = half + 1; else high = half;
  }
  return high;
}

/** First and last bar of an event, and whether it surely lies there; null without a date. */
function barsOf(event) {
  const [from, to] = [dayOf(event.date.from), dayOf(event.date.to)];
  if (!bars.length || !Number.isFinite(from) || !Number.isFinite(to)) return null;
  const [a, b] = [barOf(from), barOf(to)];
  return { a, b, sure: a === b && !event.date.open };
}

function tally(indices) {
  const found = bars.map(() => ({ sure: 0, perhaps: 0 }));
  for (const index of indices) {
    const at = barsOf(events[index]);
    if (!at) continue;
    if (at.sure) found[at.a].sure++;
    else for (let n = at.a; n <= at.b; n++) found[n].perhaps++;
  }
  return found;
}

const short = (day) => `${dateOf(day).getUTCDate()} ${MONTHS[dateOf(day).getUTCMonth()]}`;
function nameOfBar({ from, to, edge }) {
  if (edge) return edge === "earlier" ? `before ${short(to + 1)} ${isoOf(to + 1).slice(0, 4)}` : `after ${short(from - 1)} ${isoOf(from - 1).slice(0, 4)}`;
  const year = isoOf(from).slice(0, 4);
  if (unit.name === "day") return `${short(from)} ${year}`;
  if (unit.name === "week") return `week of ${short(from)} ${year}`;
  return unit.name === "month" ? `${MONTHS[dateOf(from).getUTCMonth()]} ${year}` : year;
}

function tick({ from, edge }, previous) {
  if (edge) return edge === "earlier" ? "←" : "→";
  const year = isoOf(from).slice(0, 4);
  if (unit.name === "year") return year;
  const newYear = previous === undefined || isoOf(previous).slice(0, 4) !== year;
  const name = unit.name === "month" ? MONTHS[dateOf(from).getUTCMonth()] : short(from);
  return newYear ? `${name} ${year}` : name;
}

function drawTimeline() {
  if (!printing && timeline.clientWidth) span = [timeline.clientWidth, timeline.clientHeight];
  timeline.setAttribute("viewBox", `0 0 ${span[0]} ${span[1]}`);
  const stands = standing();
  const ghost = tally([...events.keys()].filter((index) => stands(events[index])));
  const now = tally(listed);
  const most = Math.max(1, ...ghost.map((n) => n.sure + n.perhaps));
  const floor = span[1] - MARGIN.bottom;
  const height = (n) => (n / most) * (floor - MARGIN.top);
  const width = (span[0] - MARGIN.left - MARGIN.right) / Math.max(bars.length, 1);
  const left = (n) => MARGIN.left + n * width;
  const focused = timeline.contains(document.activeElement);
  barStop = Math.max(0, Math.min(barStop, bars.length - 1));
  const groups = bars.map((bar, n) => drawBar(bar, n, { ghost: ghost[n], now: now[n], x: left(n), width, floor, height }));
  timeline.replaceChildren(...grid(most, floor, height), ...groups, ...axis(left, width, floor),
    ...chosenSpan(left, width, floor), ...selectedSpan(left, width, floor));
  if (focused) groups[barStop]?.focus({ preventScroll: true });
  describeTimeline();
}

function drawBar(bar, n, { ghost, now, x, width, floor, height }) {
  const gap = !bar.edge && coverageKnown() && !bar.reports;
  const told = [plural(now.sure, "event"), ...(now.perhaps ? [`${thousands.format(now.perhaps)} more perhaps`] : []),
    ...(bar.edge || !coverageKnown() ? [] : [gap ? "no report published" : `${plural(bar.reports, "report")} published`])];
  const label = `${nameOfBar(bar)}: ${told.join(", ")}`;
  const inner = Math.max(1, width - Math.min(3, width * 0.2));
  const box = (name, from, size, fill = null) => (size > 0 ? [el("rect", {
    class: name, x: x.toFixed(1), width: inner.toFixed(1), y: (floor - height(from) - height(size)).toFixed(1), height: height(size).toFixed(1), fill,
  })] : []);
  const group = el("g", { class: `bar${gap ? " gap" : ""}`, role: "button", tabindex: n === barStop ? "0" : "-1", "aria-label": label, "data-bar": n },
    el("title", {}, label),
    el("rect", { class: "hit", x: x.toFixed(1), width: width.toFixed(1), y: 0, height: floor + 12, fill: gap ? "url(#gap)" : "transparent" }),
    ...box("ghost", 0, ghost.sure + ghost.perhaps), ...box("sure", 0, now.sure), ...box("perhaps", now.sure, now.perhaps, "url(#hatch-blue)"),
    ...(bar.reports ? [el("rect", { class: "reported", x: x.toFixed(1), width: inner.toFixed(1), y: floor + 4, height: 4 })] : []));
  return group;
}

function grid(most, floor, height) {
  const steps = most < 3 ? [most] : [Math.floor(most / 2), most];
  return [0, ...steps].flatMap((n) => {
    const y = (floor - height(n)).toFixed(1);
    return [el("line", { class: "grid", x1: MARGIN.left, x2: span[0] - MARGIN.right, y1: y, y2: y }),
      el("text", { class: "count", x: MARGIN.left - 6, y, dy: "0.34em" }, thousands.format(n))];
  });
}

function axis(left, width, floor) {
  const every = Math.ceil(66 / width);
  const ticks = [];
  let previous;
  bars.forEach((bar, n) => {
    const regular = bars[0].edge ? (n - 1) % every === 0 && n > 0 : n % every === 0;
    const crowded = bars[0].edge && n === 1 && width < 44;
    if (!bar.edge && (!regular || crowded)) return;
    ticks.push(el("text", { class: "tick", x: (left(n) + width / 2).toFixed(1), y: floor + 24 }, tick(bar, previous)));
    if (!bar.edge) previous = bar.from;
  });
  return ticks;
}

/** A frame around the days that the filter asks for. */
function chosenSpan(left, width, floor) {
  const [from, to] = [dayOf($("from").value), dayOf($("to").value)];
  if (!bars.length || (!Number.isFinite(from) && !Number.isFinite(to))) return [];
  const a = Number.isFinite(from) ? barOf(from) : 0;
  const b = Number.isFinite(to) ? barOf(to) : bars.length - 1;
  return [el("rect", { class: "chosen", x: left(a).toFixed(1), width: Math.max(2, (b - a + 1) * width).toFixed(1), y: 2, height: floor + 8 })];
}

/** A bracket under the bars that the open event may belong to. */
function selectedSpan(left, width, floor) {
  const at = selected >= 0 ? barsOf(events[selected]) : null;
  if (!at) return [];
  const [from, to] = [left(at.a), left(at.b + 1)].map((x) => x.toFixed(1));
  return [el("path", { class: "when", d: `M${from} ${floor - 3}V${floor + 2}H${to}V${floor - 3}` })];
}

const coverageKnown = () => Object.keys(coverage).length > 0;

function describeTimeline() {
  $("unit").textContent = `by ${unit.name}`;
  $("perhaps").textContent = `perhaps that ${unit.name}`;
  $("dated").textContent = `dated to that ${unit.name}`;
  $("covered").hidden = $("uncovered").hidden = !coverageKnown();
  const undated = listed.filter((index) => !barsOf(events[index])).length;
  const unknown = coverageKnown() ? [] : ["days without reports are not known"];
  $("undated").textContent = [...(undated ? [`${plural(undated, "event")} listed without a date`] : []), ...unknown].join("; ");
}

function pointOnTimeline(index) {
  const at = index >= 0 ? barsOf(events[index]) : null;
  for (const group of timeline.querySelectorAll(".bar")) {
    const n = Number(group.dataset.bar);
    group.classList.toggle("pointed", at !== null && n >= at.a && n <= at.b);
  }
}

/** List what may have happened from one bar to another; asked again, all times. */
function choose(a, b) {
  const [from, to] = [bars[Math.min(a, b)].from, bars[Math.max(a, b)].to];
  const asked = [from === undefined ? "" : isoOf(from), to === undefined ? "" : isoOf(to)];
  const again = asked[0] === $("from").value && asked[1] === $("to").value;
  during(...(again ? ["", ""] : asked));
}

let brush = null;
const barAt = (node) => node.closest?.(".bar")?.dataset.bar;
timeline.addEventListener("pointerdown", (down) => {
  const bar = barAt(down.target);
  if (bar !== undefined && down.button === 0) brush = { from: Number(bar), to: Number(bar) };
});
timeline.addEventListener("pointermove", (move) => {
  const bar = brush && barAt(move.target);
  if (bar === null || bar === undefined) return;
  brush.to = Number(bar);
  for (const group of timeline.querySelectorAll(".bar")) {
    const n = Number(group.dataset.bar);
    group.classList.toggle("pointed", n >= Math.min(brush.from, brush.to) && n <= Math.max(brush.from, brush.to));
  }
});
addEventListener("pointerup", () => {
  if (!brush) return;
  const { from, to } = brush;
  brush = null;
  barStop = to;
  choose(from, to);
});
addEventListener("pointercancel", () => { brush = null; });
timeline.addEventListener("keydown", (key) => {
  const bar = barAt(key.target);
  if (bar === undefined) return;
  if (key.key === "Enter" || key.key === " ") { key.preventDefault(); choose(Number(bar), Number(bar)); }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[key.key];
  if (step === undefined) return;
  key.preventDefault();
  const all = [...timeline.querySelectorAll(".bar")];
  key.target.setAttribute("tabindex", "-1");
  barStop = Math.max(0, Math.min(all.length - 1, Number(bar) + step));
  all[barStop].setAttribute("tabindex", "0");
  all[barStop].focus({ preventScroll: true });
});
new ResizeObserver(() => {
  if (!printing && String(span) !== String([timeline.clientWidth, timeline.clientHeight])) requestAnimationFrame(drawTimeline);
}).observe(timeline);
