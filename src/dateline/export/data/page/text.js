// Text: safe, and with nothing hidden in it.
//
// Every string of an event comes from news reports and is hostile until shown otherwise. It reaches the page
// through `textContent` and attributes set by name, never as markup, and control characters that could
// reorder or hide words are drawn as marks. The page asks nothing of any network.

const $ = (id) => document.getElementById(id);
const plain = (word) => String(word ?? "").replaceAll("_", " ");
const thousands = new Intl.NumberFormat("en");
const plural = (n, word) => `${thousands.format(n)} ${word}${n === 1 ? "" : "s"}`;

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

const SVG = new Set(["circle", "g", "line", "path", "pattern", "rect", "svg", "text", "title"]);

/** An element. Strings among the children become text; attributes are never handlers or markup. */
function el(name, attributes = {}, ...children) {
  const svg = SVG.has(name);
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

