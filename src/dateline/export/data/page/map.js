// The map's ground: an equirectangular view with true widths at its middle, outlines, names and a scale bar.

const KM_PER_DEGREE = 111.2;
// How far the truth may lie from a coarse place's coordinates, in km, and the least circle drawn for it, in
// pixels: orders of magnitude, so that a province never looks like a spot. Not a boundary.
const VAGUE = { road: [10, 9], area: [25, 12], admin2: [30, 14], admin1: [90, 19], country: [300, 26] };
const vague = (precision) => VAGUE[precision] ?? VAGUE.area;

const map = $("map");
const landLayer = el("g", { class: "land", "aria-hidden": "true" });
const namesLayer = el("g", { class: "names", "aria-hidden": "true" });
const markLayer = el("g", { class: "marks" });
const scaleLayer = el("g", { class: "scale", "aria-hidden": "true" });
map.append(landLayer, namesLayer, markLayer, scaleLayer);

let middle = 0; // latitude at which a degree of longitude has its true width
let fitted = null; // the events the view was fitted to, until the reader moves it
let view = { x: 0, y: 0, scale: 3 }; // centre in degrees (x already narrowed), pixels a degree
let extent = [600, 300]; // of the map in pixels, as it was last measured
const X = (lon) => lon * Math.cos((middle * Math.PI) / 180);
const screen = (lon, lat) => (
  [(X(lon) - view.x) * view.scale + extent[0] / 2, (-lat - view.y) * view.scale + extent[1] / 2]);
const inSight = ([x, y], margin = 0) => x > -margin && y > -margin && x < extent[0] + margin && y < extent[1] + margin;

/** Whether two boxes [left, top, right, bottom] touch. */
const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

function measure() {
  if (!printing && map.clientWidth) extent = [map.clientWidth, map.clientHeight];
  map.setAttribute("viewBox", `0 0 ${extent[0]} ${extent[1]}`);
}

/** A test of whether a place is in the view now. */
function viewed() {
  const [seen, size] = [{ ...view }, [...extent]];
  return ({ lat, lon }) => Math.abs(X(lon) - seen.x) * seen.scale <= size[0] / 2 && Math.abs(-lat - seen.y) * seen.scale <= size[1] / 2;
}

let outline; // {countries: [{id, name, rings: [[[lon, lat], …], …]}]}, or null where the outlines were not built
function countries() {
  outline ??= block("basemap");
  return outline?.countries ?? [];
}

/** A ring as an SVG path, by a function from degrees to a point; one that crosses the date line goes on past it. */
function ringPath(ring, place) {
  let [before, turn] = [ring[0][0], 0];
  return `M${ring.map(([lon, lat]) => {
    if (Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360;
    before = lon;
    return place(lon + turn, lat);
  }).join("L")}Z`;
}

function drawLand() {
  const place = (lon, lat) => `${X(lon).toFixed(2)} ${(-lat).toFixed(2)}`;
  landLayer.replaceChildren(...countries().map((country) => (
    el("path", { d: country.rings.map((ring) => ringPath(ring, place)).join("") }))));
}

/** The outline of a country in pixels, by its ISO number; null where there is none. */
function countryPath(numeric) {
  const country = numeric && countries().find((one) => one.id === numeric);
  if (!country) return null;
  const place = (lon, lat) => screen(lon, lat).map((n) => n.toFixed(1)).join(" ");
  return country.rings.map((ring) => ringPath(ring, place)).join("");
}

/** Names of countries, where there is room and none of `marks` lies on them. */
function drawNames(marks) {
  const [found, taken] = [[], []];
  for (const country of countries()) {
    const [ring] = country.rings; // the widest
    const [lons, lats] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    const middleOf = screen(...centre(ring));
    const wide = (X(east) - X(west)) * view.scale;
    const half = country.name.length * 5;
    if (marks.some((m) => Math.abs(m.x - middleOf[0]) < half + 8 && Math.abs(m.y - middleOf[1]) < 16)) continue;
    if (wide < country.name.length * 8 || (north - south) * view.scale < 24) continue;
    const box = [middleOf[0] - half, middleOf[1] - 8, middleOf[0] + half, middleOf[1] + 8];
    if (box[0] < 0 || box[2] > extent[0] || !inSight(middleOf, -8) || taken.some((t) => overlap(t, box))) continue;
    taken.push(box);
    found.push(el("text", { x: middleOf[0].toFixed(1), y: middleOf[1].toFixed(1) }, country.name));
  }
  namesLayer.replaceChildren(...found);
}

/** The centre of a ring's area (shoelace), in degrees. */
function centre(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let n = 0; n + 1 < ring.length; n++) {
    const [[x1, y1], [x2, y2]] = [ring[n], ring[n + 1]];
    const cross = x1 * y2 - x2 * y1;
    [area, x, y] = [area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross];
  }
  return area ? [x / (3 * area), y / (3 * area)] : ring[0];
}

function drawScale() {
  const perKm = view.scale / KM_PER_DEGREE;
  const most = 110 / perKm; // km that fit
  const unit = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((n) => n * unit).find((n) => n <= most);
  const [x, y, width] = [12, extent[1] - 12, km * perKm];
  scaleLayer.replaceChildren(
    el("path", { d: `M${x} ${y - 5}V${y}H${(x + width).toFixed(1)}V${y - 5}` }),
    el("text", { x: (x + width + 6).toFixed(1), y: y + 1 }, `${thousands.format(km)} km`));
}

function fit(indices) {
  measure();
  const places = indices.map((index) => events[index]).filter(isLocated).map((event) => event.place);
  const [w, h] = extent;
  let [west, east, south, north] = [-180, 180, -60, 75];
  if (places.length) {
    const reach = (place) => (place.pin ? 0.3 : vague(place.precision)[0] / KM_PER_DEGREE);
    [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const place of places) {
      const { lat, lon } = place;
      [west, east] = [Math.min(west, lon - reach(place)), Math.max(east, lon + reach(place))];
      [south, north] = [Math.min(south, lat - reach(place)), Math.max(north, lat + reach(place))];
    }
  }
  const trueAt = Math.max(-70, Math.min(70, (south + north) / 2));
  if (trueAt !== middle || outline === undefined) {
    middle = trueAt;
    drawLand();
  }
  fitted = indices;
  view = {
    x: (X(west) + X(east)) / 2, y: -(south + north) / 2,
    scale: Math.max(1, Math.min((w - 70) / Math.max(X(east) - X(west), 1), (h - 60) / Math.max(north - south, 1))),
  };
  drawMap();
}

function drawMap() {
  measure();
  drawnAt = String(extent);
  const [left, top] = [extent[0] / 2 - view.x * view.scale, extent[1] / 2 - view.y * view.scale];
  landLayer.setAttribute("transform", `translate(${left} ${top}) scale(${view.scale})`);
  drawScale();
  drawMarks();
}

/** Bring the open event's place into the view, if it is out of it; an area with all that is listed around it. */
function bringToView({ lat, lon, precision, pin }) {
  const reach = pin ? 12 : (vague(precision)[0] / KM_PER_DEGREE) * view.scale;
  if (inSight(screen(lon, lat), -Math.min(reach, extent[1] / 2 - 1))) return;
  if (fitted && !pin) fit([...listed, selected]);
  else view = { ...view, x: X(lon), y: -lat };
}

/** The reader moved the map: it stays as it is, and a list that follows the map is made anew. */
function moved() {
  fitted = null;
  drawMap();
  if ($("in-view").checked) relist({ keepMap: true });
}

function zoom(factor, at = [extent[0] / 2, extent[1] / 2]) {
  const scale = Math.max(1, Math.min(4000, view.scale * factor));
  const [dx, dy] = [at[0] - extent[0] / 2, at[1] - extent[1] / 2];
  view = { x: view.x + dx / view.scale - dx / scale, y: view.y + dy / view.scale - dy / scale, scale };
  moved();
}

let frame = 0;
const soon = (draw) => { cancelAnimationFrame(frame); frame = requestAnimationFrame(draw); };
const scrolls = () => document.documentElement.scrollHeight > innerHeight + 2; // then the wheel is the page's
map.addEventListener("wheel", (wheel) => {
  if (scrolls() && !wheel.ctrlKey) return;
  wheel.preventDefault();
  zoom(Math.exp(-wheel.deltaY * (wheel.deltaMode ? 0.05 : 0.0018)), [wheel.offsetX, wheel.offsetY]);
}, { passive: false });

let drag = null;
let dragged = false;
map.addEventListener("pointerdown", (down) => {
  if (down.button === 0) drag = { x: down.clientX, y: down.clientY, from: view, moved: false };
});
addEventListener("pointermove", (move) => {
  if (!drag) return;
  const [dx, dy] = [move.clientX - drag.x, move.clientY - drag.y];
  drag.moved ||= Math.hypot(dx, dy) > 4; // a shaky click is still a click
  if (!drag.moved) return;
  fitted = null;
  view = { ...drag.from, x: drag.from.x - dx / view.scale, y: drag.from.y - dy / view.scale };
  soon(drawMap);
});
addEventListener("pointerup", () => {
  dragged = Boolean(drag?.moved);
  drag = null;
  if (dragged) soon(moved);
});
addEventListener("pointercancel", () => { drag = null; });
document.querySelector(".zoom").addEventListener("click", (click) => {
  const way = click.target.dataset.zoom;
  if (way === "fit") fit(listed);
  else if (way) zoom(way === "in" ? 1.6 : 1 / 1.6);
});
let drawnAt = ""; // an observer also reports the first size; drawing again would pull marks from under a click
const resized = () => !printing && map.clientWidth > 0 && String([map.clientWidth, map.clientHeight]) !== drawnAt;
new ResizeObserver(() => { if (resized()) soon(fitted ? () => fit(fitted) : drawMap); }).observe(map);

/** An event that opens or closes leaves the map another size: what it was fitted to stays in it. */
function refit() {
  if (fitted && resized()) fit(fitted);
}
