// Opening and closing: the address says which event is open, so links, the back button and clicks agree.

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
  if (!find()) $("facts").querySelector("button.rest")?.click();
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
  const step = click.target.closest("[data-step]")?.dataset.step;
  if (step) { open(listed[listed.indexOf(selected) + Number(step)], { focus: true }); return; }
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
  if (key.key !== "Escape" || key.target.matches?.("input[type=search], input[type=date], select")) return;
  if (selected >= 0) close();
});

let focusOnShow = false; // whoever opened the event by keyboard goes on reading there
function open(index, { focus = false } = {}) {
  focusOnShow = focus;
  const hash = `#${encodeURIComponent(events[index].id)}`;
  if (location.hash === hash) show(); else location.hash = hash;
}

function close() {
  const position = listed.indexOf(selected);
  history.pushState(null, "", "#");
  show();
  if (position >= 0) moveTo(position);
}

const narrow = () => getComputedStyle(document.querySelector(".list")).display === "none";

function show() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* a broken link opens nothing */ }
  const before = selected;
  selected = eventById.get(id) ?? -1;
  document.body.classList.toggle("has-event", selected >= 0);
  $("panel").hidden = selected < 0;
  markSelected(before);
  if (selected < 0) {
    $("facts").replaceChildren();
    $("texts").replaceChildren();
    drawRows();
    refit();
  } else {
    drawPanel(selected);
    const at = listed.indexOf(selected);
    if (at >= 0) {
      rowOf(listed[cursor])?.setAttribute("tabindex", "-1");
      cursor = at;
      reveal(at)?.setAttribute("tabindex", "0");
    }
    refit();
    if (isLocated(events[selected])) bringToView(events[selected].place);
    const first = claims[events[selected].claims.find((claim) => claims[claim].report >= 0)];
    if (first && !narrow()) toWords(first);
    if (focusOnShow) $("event-name").focus({ preventScroll: true });
    if (narrow()) scrollTo(0, 0);
  }
  focusOnShow = false;
  drawMap();
  drawTimeline();
}
addEventListener("hashchange", show);
$("skip").addEventListener("click", () => { if (listed.length) moveTo(cursor); else $("words").focus(); });

layBars();
fillChoices();
drawHeads();
relist({ keepMap: true });
fit(listed);
show();
