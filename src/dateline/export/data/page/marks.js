// The marks of the map: points where events fall on a settlement or site, areas where they are known no closer.

const TOUCH = 18; // points closer than this, in pixels, are drawn as one with a count
const LABELS_UP_TO = 40; // names of places written beside their points

/** Marks: events at one place and precision are one; points that touch at this zoom are one. */
function marksNow() {
  const places = new Map();
  const hidden = selected >= 0 && !listed.includes(selected); // the open event shows even where filters hide it
  for (const index of hidden ? [...listed, selected] : listed) {
    if (!isLocated(events[index])) continue;
    const { name, lat, lon, precision, numeric, pin } = events[index].place;
    const key = `${lat},${lon},${pin ? "point" : precision}`;
    if (!places.has(key)) {
      places.set(key, { lat, lon, precision, numeric, point: pin, names: new Set(), indices: [] });
    }
    const place = places.get(key);
    place.names.add(name);
    place.indices.push(index);
  }
  const marks = [];
  const cells = new Map(); // grid of TOUCH pixels, so that looking for a neighbour stays cheap
  for (const place of [...places.values()].sort((a, b) => b.indices.length - a.indices.length)) {
    [place.x, place.y] = screen(place.lon, place.lat);
    if (!place.point) { marks.push(place); continue; }
    const [cx, cy] = [Math.floor(place.x / TOUCH), Math.floor(place.y / TOUCH)];
    let home = null;
    for (let i = cx - 1; i <= cx + 1 && !home; i++) {
      for (let j = cy - 1; j <= cy + 1 && !home; j++) {
        home = (cells.get(`${i},${j}`) ?? []).find((m) => Math.hypot(m.x - place.x, m.y - place.y) < TOUCH) ?? null;
      }
    }
    if (home) {
      home.indices.push(...place.indices);
      for (const name of place.names) home.names.add(name);
    } else {
      marks.push(place);
      const key = `${cx},${cy}`;
      cells.set(key, [...(cells.get(key) ?? []), place]);
    }
  }
  // Wide areas lie beneath narrow ones, and points on top.
  const depth = (m) => (m.point ? 0 : vague(m.precision)[0]);
  return marks.sort((a, b) => depth(b) - depth(a));
}

function drawMarks() {
  const focused = document.activeElement?.dataset?.key;
  const shownMarks = marksNow().filter((mark) => inSight([mark.x, mark.y], 400));
  const labels = labelled(shownMarks);
  drawNames(shownMarks.filter((mark) => mark.point || mark.precision === "country"));
  const fresh = shownMarks.map((mark) => drawMark(mark, labels.get(mark)));
  markLayer.replaceChildren(...fresh);
  const again = focused && fresh.find((mark) => mark.dataset.key === focused);
  (again ?? fresh[0])?.setAttribute("tabindex", "0"); // one stop of the tab key; arrows go on from there
  again?.focus({ preventScroll: true });
}

/** The points with room for their name, and the side it goes to: those of most events first, the right side first. */
function labelled(marks) {
  const taken = marks.filter((m) => m.point).map((m) => [m.x - 9, m.y - 9, m.x + 9, m.y + 9]);
  const found = new Map();
  const points = marks.filter((m) => m.point && inSight([m.x, m.y])).sort((a, b) => b.indices.length - a.indices.length);
  for (const mark of points.slice(0, 200)) {
    if (found.size >= LABELS_UP_TO) break;
    const [near, far] = [10, 16 + 6.4 * nameOf(mark).length];
    const boxes = { right: [mark.x + near, mark.y - 8, mark.x + far, mark.y + 8], left: [mark.x - far, mark.y - 8, mark.x - near, mark.y + 8] };
    const free = ([, box]) => box[0] >= 0 && box[2] <= extent[0] && !taken.some((t) => overlap(t, box));
    const [side, box] = Object.entries(boxes).find(free) ?? [];
    if (!side) continue;
    taken.push(box);
    found.set(mark, side);
  }
  return found;
}

function nameOf(mark) {
  const [first, ...others] = mark.names;
  const name = flat(first).slice(0, 28);
  return others.length ? `${name} +${others.length}` : name;
}

const radius = (n) => (n === 1 ? 5 : Math.min(8 + 1.5 * Math.log2(n), 15));

function drawMark(mark, side) {
  const n = mark.indices.length;
  const names = [...mark.names];
  const others = names.length > 3 ? ` and ${names.length - 3} more places` : "";
  const within = mark.point ? "" : `, somewhere within (${plain(mark.precision ?? "area")})`;
  const label = `${names.slice(0, 3).map(flat).join("; ")}${others}${within}: ${plural(n, "event")}`;
  const group = el("g", {
    class: `mark ${mark.point ? "point" : "area"}${mark.indices.includes(selected) ? " selected" : ""}`,
    role: "button", tabindex: "-1", "aria-label": label, "data-key": `${mark.lat},${mark.lon},${mark.precision}`,
    transform: `translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`,
  }, el("title", {}, label));
  if (mark.point) {
    const r = radius(n);
    group.append(el("circle", { class: "point", r }));
    if (n > 1) group.append(el("text", { class: "number", dy: "0.34em" }, thousands.format(n)));
    if (side) group.append(el("text", { class: `name ${side}`, x: side === "left" ? -r - 4 : r + 4, dy: "0.34em" }, nameOf(mark)));
  } else {
    group.append(...areaOf(mark, n));
  }
  group.mark = mark;
  return group;
}

/** An area: the country's outline, or a ring as wide as the words are vague; hatched, with its name on it. */
function areaOf(mark, n) {
  const path = mark.precision === "country" ? countryPath(mark.numeric) : null;
  const name = `${nameOf(mark)} · ${plain(mark.precision ?? "area")}${n > 1 ? ` · ${n}` : ""}`;
  if (path) {
    const shape = el("path", { class: "area rim", d: path, fill: "url(#hatch)", transform: `translate(${-mark.x} ${-mark.y})` });
    return [shape, el("text", { class: "name", dy: "0.34em" }, name)];
  }
  const [km, least] = vague(mark.precision);
  const r = Math.max(least, (km / KM_PER_DEGREE) * view.scale);
  // A wide circle is caught at its rim and its name alone, or it would swallow every click inside it.
  const ring = el("circle", { class: `area${r > 70 ? " rim" : ""}`, r, fill: "url(#hatch)" });
  return [ring, el("text", { class: "name", y: -r, dy: "-0.35em" }, name)];
}

function pick(group, focus = false) {
  const { indices, names } = group.mark;
  if (indices.length > 1) {
    const label = `${plural(indices.length, "event")} at ${names.size > 1 ? `${names.size} places` : [...names][0]}`;
    narrowed = { indices: new Set(indices), label };
    relist({ keepMap: true });
    if (focus) moveTo(0);
    return;
  }
  open(indices[0], { focus });
}

function pointOnMap(index) {
  for (const group of markLayer.children) group.classList.toggle("pointed", index >= 0 && group.mark.indices.includes(index));
}

map.addEventListener("click", (click) => {
  const group = click.target.closest(".mark");
  if (group && !dragged) pick(group);
});
map.addEventListener("keydown", (key) => {
  if (key.key === "+" || key.key === "=") zoom(1.5);
  if (key.key === "-") zoom(1 / 1.5);
  const group = key.target.closest(".mark");
  if (!group) return;
  if (key.key === "Enter" || key.key === " ") { key.preventDefault(); pick(group, true); }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key.key];
  if (step) {
    key.preventDefault();
    const all = [...markLayer.children];
    const next = all[(all.indexOf(group) + step + all.length) % all.length];
    group.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus({ preventScroll: true });
  }
});
