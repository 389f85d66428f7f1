// The working page of a run: a table and a map of events, and the words each one rests on.
//
// Every string below comes from news reports and is hostile until shown otherwise. It reaches the page
// through `textContent` and attributes set by name, never as markup, and control characters that could
// reorder or hide words are drawn as marks. The page asks nothing of any network.
(() => {
  "use strict";

  // ------------------------------------------------------------ data (rows as export/page.py writes them)

  const block = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const events = block("events");
  const reports = block("reports").map(
    ([id, outlet, published, publishedRule, title, byline, dateline, agency, url, path]) => (
      { id, outlet, published, publishedRule, title, byline, dateline, agency, url, path }));
  const claims = block("claims").map(
    ([id, report, event, type, apart, confidence, trigger, sentence, roles, chain], index) => (
      { index, id, report, event, type, apart, confidence, trigger, sentence, roles, chain }));
  const isPublic = document.querySelector("meta[name=dateline-audience]").content === "public";
  let texts = null; // parsed when the first event is opened: most of the page's weight is here
  const textOf = (report) => (texts ??= block("texts"))[report]; // undefined where the page holds none

  const eventById = new Map(events.map((event, index) => [event.id, index]));
  const claimsOfReport = reports.map(() => []);
  for (const claim of claims) if (claim.report >= 0) claimsOfReport[claim.report].push(claim);

  const plain = (word) => String(word ?? "").replaceAll("_", " ");
  const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  const $ = (id) => document.getElementById(id);

  // ------------------------------------------------------------ text: safe, and with nothing hidden in it

  // Controls, format characters and blank fillers; tab and line ends stay, and so do Arabic number signs.
  const HIDDEN = new RegExp(
    "(?![\\t\\n\\r\\u0600-\\u0605\\u06DD\\u08E2])" +
    "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u3164\\uFFA0]", "gu");
  const NAMES = {
    0x00: "NUL", 0xAD: "SHY", 0x61C: "ALM", 0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM",
    0x200F: "RLM", 0x2028: "LSEP", 0x2029: "PSEP", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO",
    0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
  };
  // Joiners do their proper work after an emoji or a letter of a joining or Indic script: leave those be.
  const JOINER = /^[\u200C\u200D]$/;
  const JOINS = new RegExp("^[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F\\p{Script=Arabic}\\p{Script=Syriac}" +
    "\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Sinhala}\\p{Script=Malayalam}]", "u");
  const characterBefore = (text, at) => text.slice(text.codePointAt(at - 2) > 0xFFFF ? at - 2 : at - 1, at);

  function code(character) {
    const point = character.codePointAt(0);
    return NAMES[point] ?? `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  }

  function* pieces(text) { // [words, hidden character after them]
    let from = 0;
    for (const found of text.matchAll(HIDDEN)) {
      if (JOINER.test(found[0]) && found.index && JOINS.test(characterBefore(text, found.index))) continue;
      yield [text.slice(from, found.index), found[0]];
      from = found.index + found[0].length;
    }
    yield [text.slice(from), ""];
  }

  const lines = (text) => text.replace(/\r\n?/g, "\n");

  /** Nodes that show `text`, hidden characters as marks. The marks add nothing to textContent. */
  function shown(text) {
    const nodes = [];
    for (const [words, hidden] of pieces(String(text))) {
      if (words) nodes.push(document.createTextNode(lines(words)));
      if (hidden) {
        nodes.push(el("span", {
          class: "hidden-char", role: "img", "data-code": code(hidden), title: `hidden character ${code(hidden)}`,
          "aria-label": `hidden character ${code(hidden)}`,
        }));
      }
    }
    return nodes;
  }

  /** The same for attributes, where there are no nodes. */
  function flat(text) {
    return [...pieces(String(text))].map(([said, hidden]) => said + (hidden && `[${code(hidden)}]`)).join("");
  }

  /** An element. Strings among the children become text; attributes are never handlers or markup. */
  function el(name, attributes = {}, ...children) {
    const svg = name === "circle" || name === "g" || name === "path" || name === "text" || name === "title";
    const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) node.setAttribute(key, "");
      else if (value !== false && value != null) node.setAttribute(key, value);
    }
    node.append(...children.flat());
    return node;
  }

  /** Words from a report or an outlet, isolated so that their direction cannot leak. */
  const words = (text, attributes = {}) => el("bdi", attributes, ...shown(text ?? ""));

  /** Where each code point of `text` begins in UTF-16: offsets count code points, JavaScript does not. */
  function unitsOf(text) {
    if (!/[\uD800-\uDFFF]/.test(text)) return (at) => at;
    const starts = [];
    let unit = 0;
    for (const character of text) { starts.push(unit); unit += character.length; }
    starts.push(unit);
    return (at) => starts[Math.min(at, starts.length - 1)];
  }

  // ------------------------------------------------------------ table

  const ROWS_AT_ONCE = 150;
  const GRADES = { confirmed: 4, fair: 3, weak: 2, contested: 1 };
  const rounded = (text, name, title = null) => el("span", { class: name, title }, ...[text].flat());

  const COLUMNS = [ // key: what to sort by, nothing sorts last both ways; cell: what is shown
    { name: "date", label: "Date", downFirst: true, key: (e) => e.date[1],
      cell: (e) => [words(e.date[0], { title: e.date[2] ? `rule: ${flat(e.date[2])}` : null })] },
    { name: "type", label: "Type", key: (e) => plain(e.type),
      cell: (e) => [plain(e.type), ...e.apart.map((why) => rounded(why, "apart"))] },
    { name: "place", label: "Place", key: (e) => e.place?.[0] || null, cell: placeCell },
    { name: "killed", label: "Killed", number: true, key: (e) => amount(e, "killed"), cell: (e) => [people(e, "killed")] },
    { name: "injured", label: "Injured", number: true, key: (e) => amount(e, "injured"), cell: (e) => [people(e, "injured")] },
    { name: "parties", label: "Actors → targets",
      key: (e) => [...e.actors, ...e.targets].map((party) => party[0]).join(" ") || null,
      cell: (e) => [side(e.actors), " → ", side(e.targets)] },
    { name: "grade", label: "Grade", downFirst: true, key: (e) => GRADES[e.grade] ?? null,
      cell: (e) => [e.grade ? rounded(e.grade, `grade ${e.grade}`, e.reasons.map(flat).join("\n")) : none()] },
    { name: "origins", label: "Origins", number: true, key: (e) => e.origins, cell: (e) => [String(e.origins)] },
    { name: "reports", label: "Reports", number: true, key: (e) => e.counts[1], cell: (e) => [String(e.counts[1])] },
    { name: "conflicts", label: "Conflicts", number: true, key: (e) => e.conflicts.length, cell: conflictCell },
  ];
  const classOf = (column) => (column.number ? `${column.name} number` : column.name);

  function none() { return rounded("–", "none", "not stated"); }

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
    const [name, whole, lat, , precision] = place;
    const coarse = lat !== null && !isPoint(precision);
    return [words(name || whole, { title: flat(whole) }), ...(coarse ? [rounded(plain(precision ?? "area"), "apart")] : [])];
  }

  function side(list) {
    if (!list.length) return none();
    return el("span", {}, ...list.flatMap((party, n) => [n ? ", " : "", words(party[0], { title: flat(party[1]) })]));
  }

  function conflictCell({ conflicts }) {
    if (!conflicts.length) return [];
    const fields = conflicts.map(([field]) => flat(field)).join(", ");
    const sign = el("span", { "aria-hidden": "true" }, "≠ ");
    return [rounded([sign, String(conflicts.length)], "conflict", `accounts disagree on: ${fields}`)];
  }

  let order = { column: "date", down: true };
  let narrowed = null; // {indices, label}: events of one mark of the map
  let listed = []; // indices of the events that pass the filters, in order
  let drawn = 0;
  let selected = -1;

  const haystacks = new Map(); // what the filter looks in, made when first asked for
  function haystack(index) {
    let text = haystacks.get(index);
    if (text === undefined) {
      const e = events[index];
      const said = e.claims.flatMap((c) => claims[c].chain.map((speaker) => speaker[3]));
      text = [e.id, plain(e.type), ...e.types.map(plain), e.date[0], e.place?.[1], ...e.actors.map((a) => a[1]),
        ...e.targets.map((a) => a[1]), ...e.outlets, ...said, e.grade, ...e.apart].join("\n").toLowerCase();
      haystacks.set(index, text);
    }
    return text;
  }

  /** What the filters ask, read once: a test of an event's index. */
  function filter() {
    const [status, repeated, background] = ["status", "repeated", "background"].map((name) => $(`show-${name}`).checked);
    const type = $("type").value;
    const asked = $("words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const shownToo = (why) => (why === "repeated" ? repeated : why === "background" ? background : status);
    return (index) => {
      const event = events[index];
      if (narrowed && !narrowed.indices.has(index)) return false;
      if (type && event.type !== type && !event.types.includes(type)) return false;
      return event.apart.every(shownToo) && asked.every((word) => haystack(index).includes(word));
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
    $("rows").replaceChildren();
    drawn = 0;
    drawRows(ROWS_AT_ONCE);
    const hidden = events.length - listed.length;
    $("shown").textContent = plural(listed.length, "event") + (hidden ? `, ${hidden.toLocaleString("en")} not shown` : "");
    $("everywhere").hidden = !narrowed;
    if (narrowed) $("everywhere").replaceChildren("Only ", words(narrowed.label), " · show all");
    const lost = listed.filter((index) => !located(events[index])).length;
    $("unplaced").textContent = lost ? `${plural(lost, "event")} listed without coordinates` : "";
    if (!keepMap) drawMap();
  }

  function drawRows(upTo) {
    const fresh = document.createDocumentFragment();
    for (; drawn < Math.min(upTo, listed.length); drawn++) fresh.append(row(listed[drawn]));
    $("rows").append(fresh);
  }

  function row(index) {
    const event = events[index];
    const tr = el("tr", { tabindex: "0", "data-event": index, "aria-current": index === selected ? "true" : null });
    for (const column of COLUMNS) tr.append(el("td", { class: classOf(column) }, ...column.cell(event)));
    return tr;
  }

  const rowOf = (index) => $("rows").querySelector(`tr[data-event="${index}"]`);

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
    if (tr && !String(getSelection())) open(Number(tr.dataset.event));
  });
  $("rows").addEventListener("keydown", (key) => {
    const tr = key.target.closest("tr");
    if (!tr) return;
    if (key.key === "Enter" || key.key === " ") { key.preventDefault(); open(Number(tr.dataset.event)); }
    if (key.key === "ArrowDown" || key.key === "ArrowUp") {
      key.preventDefault();
      if (!tr.nextSibling) drawRows(drawn + ROWS_AT_ONCE);
      (key.key === "ArrowDown" ? tr.nextSibling : tr.previousSibling)?.focus();
    }
  });
  $("scroll").addEventListener("scroll", () => {
    const { scrollTop, clientHeight, scrollHeight } = $("scroll");
    if (scrollTop + clientHeight > scrollHeight - 600) drawRows(drawn + ROWS_AT_ONCE);
  }, { passive: true });
  addEventListener("beforeprint", () => drawRows(Infinity));

  let waiting = 0;
  $("words").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(relist, 120); });
  for (const id of ["type", "show-status", "show-repeated", "show-background"]) {
    $(id).addEventListener("change", () => relist());
  }
  document.querySelector("form").addEventListener("submit", (submit) => submit.preventDefault());
  $("everywhere").addEventListener("click", () => { narrowed = null; relist(); });
  $("skip").addEventListener("click", () => $("words").focus());

  // ------------------------------------------------------------ map: equirectangular, our own

  const isPoint = (precision) => precision === "exact" || precision === "settlement";
  // How far the truth may lie from a coarse place's coordinates, in km, and the least circle drawn for it, in
  // pixels: orders of magnitude, so that a province never looks like a spot. Not a boundary.
  const VAGUE = { road: [10, 9], area: [25, 12], admin2: [30, 14], admin1: [90, 19], country: [300, 26] };
  const vague = (precision) => VAGUE[precision] ?? VAGUE.area;
  const KM_PER_DEGREE = 111.2;
  const TOUCH = 18; // points closer than this, in pixels, are drawn as one with a count

  const map = $("map");
  const located = (event) => event.place && event.place[2] !== null && event.place[3] !== null;
  const landLayer = el("g", { class: "land", "aria-hidden": "true" });
  const markLayer = el("g", { class: "marks" });
  map.append(landLayer, markLayer);
  let middle = 0; // latitude at which a degree of longitude has its true width
  let fitted = null; // the events the view was fitted to, until the reader moves it
  let view = { x: 0, y: 0, scale: 3 }; // centre in degrees (x already narrowed), pixels a degree
  const X = (lon) => lon * Math.cos((middle * Math.PI) / 180);
  const size = () => [map.clientWidth || 600, map.clientHeight || 300];
  const screen = (lon, lat, [w, h] = size()) => (
    [(X(lon) - view.x) * view.scale + w / 2, (-lat - view.y) * view.scale + h / 2]);

  let outline; // {countries: [{rings: [[[lon, lat], …], …]}]}, or null where the outlines were not built
  function drawLand() {
    outline ??= block("basemap");
    const path = (ring) => {
      let [before, turn] = [ring[0][0], 0]; // a ring that crosses the date line goes on past it
      return `M${ring.map(([lon, lat]) => {
        if (Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360;
        before = lon;
        return `${X(lon + turn).toFixed(2)} ${(-lat).toFixed(2)}`;
      }).join("L")}Z`;
    };
    const countries = outline?.countries ?? [];
    landLayer.replaceChildren(...countries.map((country) => el("path", { d: country.rings.map(path).join("") })));
  }

  function fit(indices) {
    const places = indices.map((index) => events[index]).filter(located).map((event) => event.place);
    const [w, h] = size();
    let [west, east, south, north] = [-180, 180, -60, 75];
    if (places.length) {
      const reach = (p) => (isPoint(p[4]) ? 0.3 : vague(p[4])[0] / KM_PER_DEGREE);
      [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
      for (const place of places) {
        const [, , lat, lon] = place;
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
      scale: Math.min((w - 60) / Math.max(X(east) - X(west), 1), (h - 60) / Math.max(north - south, 1)),
    };
    drawMap();
  }

  /** Marks: events at one place and precision are one; points that touch at this zoom are one. */
  function marksNow(within) {
    const places = new Map();
    for (const index of listed) {
      if (!located(events[index])) continue;
      const [, name, lat, lon, precision] = events[index].place;
      const key = `${lat},${lon},${isPoint(precision) ? "point" : precision}`;
      if (!places.has(key)) {
        places.set(key, { lat, lon, precision, point: isPoint(precision), names: new Set(), indices: [] });
      }
      const place = places.get(key);
      place.names.add(name);
      place.indices.push(index);
    }
    const marks = [];
    const cells = new Map(); // grid of TOUCH pixels, so that looking for a neighbour stays cheap
    for (const place of [...places.values()].sort((a, b) => b.indices.length - a.indices.length)) {
      [place.x, place.y] = screen(place.lon, place.lat, within);
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

  function drawMap() {
    const [w, h] = size();
    drawnAt = String([w, h]);
    map.setAttribute("viewBox", `0 0 ${w} ${h}`);
    const [left, top] = [w / 2 - view.x * view.scale, h / 2 - view.y * view.scale];
    landLayer.setAttribute("transform", `translate(${left} ${top}) scale(${view.scale})`);
    const focused = document.activeElement?.dataset?.key;
    const [margin, fresh] = [400, []];
    for (const mark of marksNow([w, h])) {
      if (mark.x < -margin || mark.y < -margin || mark.x > w + margin || mark.y > h + margin) continue;
      fresh.push(drawMark(mark));
    }
    markLayer.replaceChildren(...fresh);
    const again = focused && fresh.find((mark) => mark.dataset.key === focused);
    (again ?? fresh[0])?.setAttribute("tabindex", "0"); // one stop of the tab key; arrows go on from there
    again?.focus();
  }

  function drawMark(mark) {
    const n = mark.indices.length;
    const names = [...mark.names];
    const others = names.length > 3 ? ` and ${names.length - 3} more places` : "";
    const label = `${names.slice(0, 3).map(flat).join("; ")}${others}: ${plural(n, "event")}`;
    const group = el("g", {
      class: `mark ${mark.point ? "point" : "area"}${mark.indices.includes(selected) ? " selected" : ""}`,
      role: "button", tabindex: "-1", "aria-label": label, "data-key": `${mark.lat},${mark.lon},${mark.precision}`,
      transform: `translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`,
    }, el("title", {}, label));
    if (mark.point) {
      const r = n === 1 ? 5 : Math.min(8 + 1.5 * Math.log2(n), 15);
      group.append(el("circle", { class: "point", r }));
      if (n > 1) group.append(el("text", { dy: "0.34em" }, String(n)));
    } else {
      const [km, least] = vague(mark.precision);
      const r = Math.max(least, (km / KM_PER_DEGREE) * view.scale);
      // A wide circle is caught at its rim alone, or it would swallow every click inside it.
      group.append(el("circle", { class: `area${r > 70 ? " rim" : ""}`, r }));
      group.append(el("text", { y: -r, dy: "-0.3em" }, `${plain(mark.precision ?? "area")}${n > 1 ? ` · ${n}` : ""}`));
      if (r < 24 && n === 1) group.classList.add("quiet"); // its name shows when pointed at
    }
    group.mark = mark;
    return group;
  }

  function pick(group) {
    const { indices, names } = group.mark;
    if (indices.length > 1) {
      const label = `${plural(indices.length, "event")} at ${names.size > 1 ? `${names.size} places` : [...names][0]}`;
      narrowed = { indices: new Set(indices), label };
      relist({ keepMap: true });
    }
    open(indices.length > 1 ? listed[0] : indices[0]);
  }

  function zoom(factor, at = [size()[0] / 2, size()[1] / 2]) {
    fitted = null;
    const scale = Math.max(1, Math.min(4000, view.scale * factor));
    const [dx, dy] = [at[0] - size()[0] / 2, at[1] - size()[1] / 2];
    view = { x: view.x + dx / view.scale - dx / scale, y: view.y + dy / view.scale - dy / scale, scale };
    drawMap();
  }

  let frame = 0;
  const soon = (draw) => { cancelAnimationFrame(frame); frame = requestAnimationFrame(draw); };
  map.addEventListener("wheel", (wheel) => {
    wheel.preventDefault();
    zoom(Math.exp(-wheel.deltaY * (wheel.deltaMode ? 0.05 : 0.0018)), [wheel.offsetX, wheel.offsetY]);
  }, { passive: false });
  let drag = null;
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
  let dragged = false;
  addEventListener("pointerup", () => { dragged = Boolean(drag?.moved); drag = null; });
  addEventListener("pointercancel", () => { drag = null; });
  map.addEventListener("click", (click) => {
    const group = click.target.closest(".mark");
    if (group && !dragged) pick(group);
  });
  map.addEventListener("keydown", (key) => {
    const group = key.target.closest(".mark");
    if (key.key === "+" || key.key === "=") zoom(1.5);
    if (key.key === "-") zoom(1 / 1.5);
    if (!group) return;
    if (key.key === "Enter" || key.key === " ") { key.preventDefault(); pick(group); }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key.key];
    if (step) {
      key.preventDefault();
      const all = [...markLayer.children];
      const next = all[(all.indexOf(group) + step + all.length) % all.length];
      group.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    }
  });
  document.querySelector(".zoom").addEventListener("click", (click) => {
    const way = click.target.dataset.zoom;
    if (way === "fit") fit(listed);
    else if (way) zoom(way === "in" ? 1.6 : 1 / 1.6);
  });
  let drawnAt = ""; // an observer also reports the first size; drawing again would pull marks from under a click
  new ResizeObserver(() => {
    if (String(size()) !== drawnAt) soon(fitted ? () => fit(fitted) : drawMap);
  }).observe(map);

  // ------------------------------------------------------------ words, highlighted

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
      const of = event ? [plain(event.type), event.place?.[0], event.date[0]].filter(Boolean).map(flat).join(", ") : "no event";
      return `${role === "trigger" ? "names the act:" : `${role} of`} ${plain(claim.type)} (${of})`;
    }))].join("\n");
  }

  // ------------------------------------------------------------ panel

  const ACCOUNTS_AT_ONCE = 12;
  const REPORTS_AT_ONCE = 6;
  const LISTED_AT_ONCE = 20; // figures, outlets and voices named one by one
  const heading = (level, text) => el(`h${level}`, {}, text);
  const note = (text) => el("p", { class: "note" }, text);
  const small = (...children) => el("small", {}, ...children);
  const rest = (list) => (list.length > LISTED_AT_ONCE ? [` and ${list.length - LISTED_AT_ONCE} more`] : []);
  const goTo = (claim) => (claim >= 0 ? [" ", el("button", { type: "button", class: "go", "data-claim": claim }, "words")] : []);
  const outletOf = (report) => words(report?.outlet || "outlet unknown");
  const dateOf = (report) => ` ${report?.published ?? "date unknown"} `;

  function drawPanel(index) {
    const event = events[index];
    $("facts").replaceChildren(
      el("div", { class: "tools" },
        el("a", { href: `#${encodeURIComponent(event.id)}`, class: "permalink" }, "Link to ", words(event.id)),
        el("button", { type: "button", "data-close": true, "aria-label": "Close the event (Escape)" }, "Close")),
      el("h2", {}, plain(event.type), ...(event.place ? [", ", words(event.place[0] || event.place[1])] : []),
        ...event.apart.map((why) => rounded(why, "apart"))),
      ...(listed.includes(index) ? [] : [note("The filters hide this event from the list and the map.")]),
      summary(event),
      ...disagreements(event),
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
    const sides = (parties) => (parties.length ? eachOnALine(parties.map((party) => party[1])) : [none()]);
    add("Date", words(event.date[0]), ...rule(event.date[2]));
    if (event.place) add("Place", words(event.place[1]), ...rule(event.place[5]));
    add("Actors", ...sides(event.actors));
    add("Targets", ...sides(event.targets));
    for (const [kind, toll] of Object.entries(event.tolls)) {
      const [text, , , best, why, civilians, combatants, figures] = toll;
      const parts = [civilians && `civilians ${civilians}`, combatants && `combatants ${combatants}`].filter(Boolean);
      add(kind[0].toUpperCase() + kind.slice(1),
        el("strong", {}, text), best === null ? "" : ` shown: ${best.toLocaleString("en")}`,
        ...eachOnALine(parts), ...rule(why), ...(figures.length > 1 ? [figureList(figures)] : []));
    }
    add("Grade", event.grade ? rounded(event.grade, `grade ${event.grade}`) : none(), ...eachOnALine(event.reasons));
    add("Sources", `${plural(event.origins, "origin")}, ${plural(event.counts[1], "report")}: `,
      ...event.outlets.slice(0, LISTED_AT_ONCE).flatMap((outlet, n) => [n ? ", " : "", words(outlet)]), ...rest(event.outlets));
    if (event.types.length) add("Also told as", event.types.map(plain).join(", "));
    return list;
  }

  function figureList(figures) {
    const items = figures.slice(0, LISTED_AT_ONCE).map(([range, civilian, speaker, outlet, claim]) => el("li", {},
      range, civilian === "unknown" ? "" : ` (civilian: ${civilian})`, ": ",
      words(speaker || "own voice"), ", ", words(outlet || "outlet unknown"), ...goTo(claim)));
    return el("ul", {}, ...items, ...rest(figures).map((text) => el("li", {}, text)));
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
    return [...named.flatMap((claim) => [" ", words(speakerOf(claims[claim])), ...goTo(claim)]), ...rest(known)];
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

  function accounts(event, index) {
    if (!event.claims.length) return [note("This page holds no accounts of this event; they are in claims.jsonl.")];
    const grid = el("div", { class: "accounts" });
    const show = (from, to) => grid.append(...event.claims.slice(from, to).map((claim) => account(claims[claim], index)));
    show(0, ACCOUNTS_AT_ONCE);
    if (event.claims.length <= ACCOUNTS_AT_ONCE) return [grid];
    const more = el("button", { type: "button", class: "more" }, `Show all ${event.claims.length} accounts`);
    more.addEventListener("click", () => { show(ACCOUNTS_AT_ONCE); more.remove(); });
    return [grid, more];
  }

  function account(claim, index) {
    const report = reports[claim.report];
    return el("article", { class: "account", "data-claim": claim.index, tabindex: "-1" },
      el("h4", {}, outletOf(report), small(dateOf(report))),
      chain(claim),
      el("blockquote", { dir: "auto" }, quote(claim, index)),
      el("dl", { class: "roles" }, ...claim.roles.map((role) => roleRow(claim, role))),
      el("p", { class: "foot" },
        [plain(claim.type), ...claim.apart, `confidence ${claim.confidence.toFixed(2)}`].join(" · "), ...goTo(claim.index)));
  }

  function chain(claim) {
    if (!claim.chain.length) return el("p", { class: "chain" }, "in the report’s own voice");
    const links = claim.chain.map(([who, cue, stance, name, kind]) => {
      const said = wordsAt(claim, who) || wordsAt(claim, cue);
      const own = name && said && name !== said ? [" “", words(said), "”"] : [];
      return el("li", {}, words(name || said || "someone"), ` ${stance}`, small(...own, kind ? ` ${kind}` : ""));
    });
    return el("ol", { class: "chain", "aria-label": "Who says it, innermost first" }, ...links);
  }

  function quote(claim, index) {
    const text = textOf(claim.report);
    if (text !== undefined) return highlighted(text, unitsOf(text), ...claim.sentence, spans(claim), index);
    return el("mark", { class: "mine", "data-role": "trigger" }, el("span", {}, ...shown(claim.trigger[2] ?? "")));
  }

  function roleRow(claim, [role, value, rule, places]) {
    return el("div", { "data-role": role },
      el("dt", {}, role),
      el("dd", {}, ...places.flatMap((span) => ["“", words(wordsAt(claim, span)), "” "]),
        value ? words(value, { class: "value" }) : "", ...(rule ? [small(words(rule))] : [])));
  }

  function legend() {
    const samples = ROLES.flatMap((role) => [el("mark", { class: "mine", "data-role": role }, el("span", {}, role)), " "]);
    return el("p", { class: "legend", "aria-label": "Legend" }, ...samples);
  }

  function reportsOf(event, index) {
    if (!event.reports.length) return [note("This page holds no reports of this event; they are in reports.jsonl.")];
    return event.reports.map((number, n) => {
      const report = reports[number];
      const fold = el("details", { class: "report", "data-report": number },
        el("summary", {}, outletOf(report), small(dateOf(report), words(report.title))));
      fold.addEventListener("toggle", () => { if (fold.open) unfold(fold, index); });
      // Later texts wait until they are looked at: an event may rest on hundreds of reports.
      if (n < REPORTS_AT_ONCE) unfold(fold, index);
      return fold;
    });
  }

  function unfold(fold, index) {
    fold.open = true;
    if (fold.querySelector(".text")) return;
    const number = Number(fold.dataset.report);
    const report = reports[number];
    const known = [
      ["by ", report.byline], ["dateline ", report.dateline], ["agency ", report.agency],
      ["date from ", report.publishedRule], ["", report.url], ["", report.path], ["report ", report.id],
    ].filter(([, value]) => value);
    fold.append(el("p", { class: "meta" }, ...known.flatMap(([name, value], n) => [n ? " · " : "", name, words(value)])));
    const text = textOf(number);
    if (text === undefined) {
      fold.append(el("p", { class: "text note" }, "This page leaves out the texts of reports; they are in reports.jsonl."));
      return;
    }
    const marked = claimsOfReport[number].flatMap(spans);
    fold.append(el("div", { class: "text", dir: "auto" }, highlighted(text, unitsOf(text), 0, [...text].length, marked, index)));
  }

  // ------------------------------------------------------------ selecting

  /** Scroll only the pane that holds `node`: scrollIntoView would move the page under the reader too. */
  function bring(node) {
    const pane = node.closest(".facts, .texts");
    const roomy = pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible";
    if (!roomy) { node.scrollIntoView({ block: "center" }); return; }
    const [a, b] = [node.getBoundingClientRect(), pane.getBoundingClientRect()];
    pane.scrollTop += a.top - b.top - (pane.clientHeight - a.height) / 2;
  }

  function flash(node) {
    node.classList.remove("flash");
    void node.offsetWidth; // starts the animation again
    node.classList.add("flash");
  }

  function markOf(claim) {
    const names = (mark) => spansOf.get(mark).some((span) => span[3] === claim && span[2] === "trigger");
    return [...$("texts").querySelectorAll(".text mark")].find(names);
  }

  function toWords(claim) {
    const fold = $("texts").querySelector(`details[data-report="${claim.report}"]`);
    if (fold) unfold(fold, selected);
    const mark = markOf(claim);
    if (mark) { bring(mark); flash(mark); }
  }

  function toAccount(claim) {
    const find = () => $("facts").querySelector(`article[data-claim="${claim.index}"]`);
    if (!find()) $("facts").querySelector("button.more")?.click();
    const card = find();
    if (card) { bring(card); flash(card); }
  }

  function fromMark(mark) {
    const cover = spansOf.get(mark);
    if (!cover) return;
    if (mark.closest(".account")) { toWords(cover[0][3]); return; }
    const there = [...new Set(cover.map((span) => span[3].event))].filter((event) => event >= 0);
    if (!there.length) return;
    // Words may serve several events: each click goes on to the next, and back to the account of this one.
    const next = there[(there.indexOf(selected) + 1) % there.length];
    if (next === selected) toAccount(cover[0][3]);
    else open(next);
  }

  $("panel").addEventListener("click", (click) => {
    if (click.target.closest("[data-close]")) { close(); return; }
    const go = click.target.closest("button[data-claim]");
    if (go) { toWords(claims[Number(go.dataset.claim)]); return; }
    const mark = click.target.closest("mark");
    if (mark && !String(getSelection())) fromMark(mark);
  });
  $("panel").addEventListener("keydown", (key) => {
    if ((key.key !== "Enter" && key.key !== " ") || !key.target.matches("mark")) return;
    key.preventDefault();
    fromMark(key.target);
  });
  addEventListener("keydown", (key) => {
    if (key.key === "Escape" && selected >= 0 && !key.target.matches?.("input[type=search], select")) close();
  });

  // The address is the one place that says which event is open: links, the back button and clicks agree.
  const open = (index) => {
    const hash = `#${encodeURIComponent(events[index].id)}`;
    if (location.hash === hash) show(); else location.hash = hash;
  };
  function close() {
    const row = rowOf(selected);
    history.pushState(null, "", "#");
    show();
    row?.focus();
  }

  function show() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* a broken link opens nothing */ }
    const before = rowOf(selected);
    selected = eventById.get(id) ?? -1;
    before?.removeAttribute("aria-current");
    document.body.classList.toggle("has-event", selected >= 0);
    $("panel").hidden = selected < 0;
    if (selected < 0) { $("facts").replaceChildren(); $("texts").replaceChildren(); drawMap(); return; }
    drawPanel(selected);
    const at = listed.indexOf(selected);
    if (at >= 0) {
      drawRows(at + 20);
      const tr = rowOf(selected);
      tr.setAttribute("aria-current", "true");
      tr.scrollIntoView({ block: "nearest" });
    }
    const place = located(events[selected]) ? screen(events[selected].place[3], events[selected].place[2]) : null;
    if (place && (place[0] < 10 || place[1] < 10 || place[0] > size()[0] - 10 || place[1] > size()[1] - 10)) {
      view = { ...view, x: X(events[selected].place[3]), y: -events[selected].place[2] };
    }
    drawMap();
    const first = claims[events[selected].claims.find((claim) => claims[claim].report >= 0)];
    if (first) toWords(first);
  }
  addEventListener("hashchange", show);

  // ------------------------------------------------------------ start

  const types = new Map();
  for (const event of events) types.set(event.type, (types.get(event.type) ?? 0) + 1);
  $("type").append(...[...types].sort().map(([type, n]) => el("option", { value: type }, `${plain(type)} (${n})`)));
  drawHeads();
  relist({ keepMap: true });
  fit(listed);
  show();
})();
