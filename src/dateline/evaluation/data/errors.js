// The error browser of an evaluation: errors in their sentences, with filters.
//
// Every string below comes from news reports or from a user's file and is hostile until shown otherwise. It
// reaches the page through `textContent` and attributes set by name, never as markup, and characters that could
// reorder or hide words are drawn as marks. The page asks nothing of any network.
(() => {
  "use strict";

  const AT_ONCE = 100; // errors drawn before the reader asks for more
  const block = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const faults = block("faults").map(
    ([kind, report, type, gold, coded, passages]) => ({ kind, report, type, gold, coded, passages }));
  const $ = (id) => document.getElementById(id);
  const plain = (word) => word.replaceAll("_", " ");

  // Controls, format characters and blank fillers; tab, line ends, joiners and Arabic number signs stay.
  const HIDDEN = new RegExp(
    "(?![\\t\\n\\r\\u200C\\u200D\\u0600-\\u0605\\u06DD\\u08E2])" +
    "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u3164\\uFFA0]", "u");
  const HIDDEN_OR_WORDS = new RegExp(`(${HIDDEN.source})`, "gu");
  const code = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

  /** An element. Strings among the children become text; attributes are never handlers or markup. */
  function el(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value != null) node.setAttribute(key, value);
    node.append(...children.flat());
    return node;
  }

  /** Nodes that show `text`, hidden characters as marks. The marks add nothing to textContent. */
  function shown(text) {
    return String(text).split(HIDDEN_OR_WORDS).filter(Boolean).map((part) => {
      if (!HIDDEN.test(part)) return document.createTextNode(part.replace(/\r\n?/g, "\n"));
      const label = `hidden character ${code(part)}`;
      return el("span", { class: "hidden-char", role: "img", "data-code": code(part), title: label, "aria-label": label });
    });
  }

  /** The same where there are no nodes: in an option of a list. */
  const flat = (text) => String(text).replace(HIDDEN_OR_WORDS, (found) => `[${code(found)}]`);

  const words = (text) => el("bdi", {}, shown(text));

  function values(list) {
    return list.length ? list.flatMap((value, n) => [n ? " · " : "", words(value)]) : ["–"];
  }

  function piece([text, marks]) {
    if (!marks) return shown(text);
    return el("mark", { "data-marks": marks, "data-label": marks.replaceAll(" ", " + ") }, shown(text));
  }

  function item(fault) {
    return el("li", { "data-kind": fault.kind },
      el("h2", {}, fault.kind, el("span", {}, ` · ${plain(fault.type)} · `, words(fault.report))),
      el("dl", {}, el("dt", {}, "gold"), el("dd", {}, values(fault.gold)),
        el("dt", {}, "coded"), el("dd", {}, values(fault.coded))),
      fault.passages.map((pieces) => el("blockquote", {}, pieces.map(piece).flat())));
  }

  function choices(id, what, names, told = plain) {
    const counts = new Map(names.map((name) => [name, 0]));
    for (const fault of faults) counts.set(fault[id], (counts.get(fault[id]) ?? 0) + 1);
    const all = el("option", { value: "" }, `all ${what} (${faults.length.toLocaleString("en")})`);
    $(id).replaceChildren(all, ...[...counts].map(([name, n], at) =>
      el("option", { value: at + 1 }, `${flat(told(name))} (${n.toLocaleString("en")})`)));
    return ["", ...counts.keys()]; // names by the option's number: no name can pass for "all"
  }

  const distinct = (field) => [...new Set(faults.map((fault) => fault[field]))].sort();
  const names = {
    kind: choices("kind", "errors", block("kinds")),
    type: choices("type", "types", distinct("type")),
    report: choices("report", "reports", distinct("report"), (name) => name),
  };

  const haystack = (fault) => (fault.haystack ??= [...fault.gold, ...fault.coded,
    ...fault.passages.map((pieces) => pieces.map(([text]) => text).join(""))].join("\n").toLowerCase());

  let listed = [];
  let drawn = 0;

  function relist() {
    const asked = $("words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = Object.keys(names).filter((id) => $(id).value).map((id) => [id, names[id][$(id).value]]);
    listed = faults.filter((fault) => chosen.every(([id, name]) => fault[id] === name) &&
      asked.every((word) => haystack(fault).includes(word)));
    drawn = 0;
    $("list").replaceChildren();
    more();
    $("shown").textContent = `${listed.length.toLocaleString("en")} of ${faults.length.toLocaleString("en")} errors`;
  }

  function more() {
    const next = listed.slice(drawn, drawn + AT_ONCE).map(item);
    drawn += next.length;
    $("list").append(...next);
    $("more").hidden = drawn >= listed.length;
    return next[0];
  }

  for (const id of Object.keys(names)) $(id).addEventListener("change", relist);
  $("words").addEventListener("input", relist);
  document.querySelector(".filters").addEventListener("submit", (submit) => submit.preventDefault());
  $("more").addEventListener("click", () => {
    const first = more();
    first.tabIndex = -1; // so that the keyboard goes on where the new ones begin
    first.focus();
  });
  relist();
})();
