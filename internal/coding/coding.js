// Choosing words in a transcript with a mouse, a finger or the keyboard, and adding a theme without waiting for a page.
// Without this file the same is done by ticking parts. It holds no words of its own: texts come in data attributes.
// A place is a turn and two numbers of code points in its paragraph, which holds the turn's words and nothing else.
const d = document, form = d.querySelector("form[data-coding]"), turns = d.getElementById("turns");
const find = selector => form.querySelector(selector);
const select = find("select"), say = find("[data-say]"), recents = find("[data-recents]"), clear = find("[data-clear]");
const tap = find("[data-tap] button");

// What is chosen: [{turn, start, end}] in the order of the text, in UTF-16 units of the paragraph until it is sent.
let chosen = [], first;

const paragraph = turn => turn.querySelector("p[dir]");
const points = (text, at) => [...text.slice(0, at)].length;

// The text node and offset of a place in a paragraph.
const spot = (p, at) => {
  const walk = d.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  let node, last;
  while (node = walk.nextNode()) {
    if (at <= node.length) return [node, at];
    at -= node.length;
    last = node;
  }
  return last ? [last, last.length] : [p, 0];
};
const rangeOf = (p, start, end) => {
  const range = d.createRange();
  range.setStart(...spot(p, start));
  range.setEnd(...spot(p, end));
  return range;
};
// How far into a paragraph a point of the page is.
const depth = (p, node, offset) => {
  const range = d.createRange();
  range.selectNodeContents(p);
  const side = range.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side > 0) return p.textContent.length;
  range.setEnd(node, offset);
  return range.toString().length;
};

// Words, as the browser knows them for the language, or else what stands between spaces.
const segmenter = self.Intl && Intl.Segmenter && new Intl.Segmenter(d.documentElement.lang || undefined, {granularity: "word"});
const words = text => segmenter
  ? [...segmenter.segment(text)].filter(s => s.isWordLike || /\p{S}/u.test(s.segment)).map(s => [s.index, s.index + s.segment.length])
  : [...text.matchAll(/\S+/g)].map(m => [m.index, m.index + m[0].length]);

// A choice is widened to whole words, so that nobody has to aim. Signs around them stay if they were chosen.
const snap = (text, start, end) => {
  const hit = words(text).filter(w => w[1] > start && w[0] < end);
  if (!hit.length) return;
  start = Math.min(start, hit[0][0]);
  end = Math.max(end, hit[hit.length - 1][1]);
  while (/\s/.test(text[start])) start++;
  while (/\s/.test(text[end - 1])) end--;
  return {start, end};
};

// Only the passing choice is painted by the browser's highlights: what is indexed is in the page as marks.
let paint = () => {};
if (self.Highlight && CSS.highlights) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::highlight(picked) { background: #f7d154; color: #1f2d2c }");
  d.adoptedStyleSheets.push(sheet);
  paint = () => CSS.highlights.set("picked", new Highlight(...chosen.flatMap(c => {
    const turn = d.getElementById(c.turn), p = turn && paragraph(turn);
    return p ? [rangeOf(p, c.start, c.end)] : [];
  })));
}
const tell = text => say.textContent = text;
const choose = places => {
  chosen = places;
  clear.hidden = !places.length;
  paint();
  const text = places.map(c => paragraph(d.getElementById(c.turn)).textContent.slice(c.start, c.end)).join(" … ");
  tell(text && form.dataset.picked.replace("{text}", () => text.length > 120 ? text.slice(0, 60) + " … " + text.slice(-50) : text));
};

// Everything between two points becomes a choice, cut by turns. Closed turns have no such paragraph.
const between = range => {
  const places = [];
  for (const turn of turns.children) {
    const p = paragraph(turn);
    if (!p || !range.intersectsNode(p)) continue;
    const place = snap(p.textContent, depth(p, range.startContainer, range.startOffset), depth(p, range.endContainer, range.endOffset));
    if (place) places.push({turn: turn.id, ...place});
  }
  return places;
};
let pause;
d.addEventListener("selectionchange", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(turns)) return;
    const places = between(range);
    if (places.length) choose(places);
  }, 300);
});

// Tap the first word, tap the last: no dragging.
const under = e => {
  const at = d.caretPositionFromPoint && d.caretPositionFromPoint(e.clientX, e.clientY);
  if (at) return [at.offsetNode, at.offset];
  const range = d.caretRangeFromPoint && d.caretRangeFromPoint(e.clientX, e.clientY);
  return range && [range.startContainer, range.startOffset];
};
const tapping = on => {
  tap.setAttribute("aria-pressed", on);
  first = null;
  if (on) tell(form.dataset.tapHint);
};
turns.addEventListener("click", e => {
  if (tap.getAttribute("aria-pressed") != "true") return;
  const p = e.target.closest("p[dir]"), at = p && under(e);
  if (!at || !p.contains(at[0])) return;
  const to = depth(p, ...at), text = p.textContent;
  const word = words(text).find(w => w[0] <= to && to <= w[1]);
  if (!word) return;
  const here = rangeOf(p, ...word);
  if (first && first.startContainer.isConnected) {
    const back = here.compareBoundaryPoints(Range.START_TO_START, first) < 0, range = d.createRange();
    range.setStart((back ? here : first).startContainer, (back ? here : first).startOffset);
    range.setEnd((back ? first : here).endContainer, (back ? first : here).endOffset);
    choose(between(range));
    tapping(false);
    return;
  }
  first = here;
  choose([{turn: p.closest(".turn").id, start: word[0], end: word[1]}]);
});

// With a tick box in focus the arrows choose: right and left a word, with Shift more or fewer of them.
turns.addEventListener("keydown", e => {
  if (!/^Arrow(Left|Right)$/.test(e.key) || e.ctrlKey || e.altKey || e.metaKey || e.target.type != "checkbox") return;
  const turn = e.target.closest(".turn"), p = paragraph(turn);
  if (!p) return;
  e.preventDefault();
  const list = words(p.textContent), on = e.key == "ArrowRight" ? 1 : -1;
  if (!list.length) return;
  const now = chosen.length == 1 && chosen[0].turn == turn.id && chosen[0];
  let from = now ? list.findIndex(w => w[1] > now.start) : -1, to = now ? list.findLastIndex(w => w[0] < now.end) : -1;
  if (!now) from = to = on > 0 ? 0 : list.length - 1;
  else if (e.shiftKey) to = Math.min(Math.max(to + on, from), list.length - 1);
  else from = to = Math.min(Math.max((on > 0 ? to : from) + on, 0), list.length - 1);
  choose([{turn: turn.id, start: list[from][0], end: list[to][1]}]);
});
d.addEventListener("keydown", e => {
  if (e.key == "Escape" && chosen.length) choose([]);
});
clear.addEventListener("click", () => choose([]));
tap.addEventListener("click", () => tapping(tap.getAttribute("aria-pressed") != "true"));

// The themes used last stand ready as buttons.
let recent = form.dataset.recent.split(" ").filter(Boolean);
const showRecent = () => {
  recents.textContent = "";
  for (const id of recent.slice(0, innerWidth < 600 ? 2 : 5)) {
    const option = [...select.options].find(o => o.value == id);
    if (!option) continue;
    const button = d.createElement("button");
    button.className = "btn second";
    button.name = "theme";
    button.value = id;
    button.textContent = option.text;
    recents.append(button, " ");
  }
  recents.hidden = !recents.childNodes.length;
};

// Adding and removing swap the turns that changed and leave the rest of the page where it is.
const body = button => {
  const data = new FormData(form);
  if (button && button.name) data.set(button.name, button.value);
  for (const c of chosen) {
    const text = paragraph(d.getElementById(c.turn)).textContent;
    data.append("part", [c.turn.slice(1), points(text, c.start), points(text, c.end)].join(":"));
  }
  return data;
};
let busy = false;
form.addEventListener("submit", async e => {
  const button = e.submitter;
  if (button && button.hasAttribute("formaction")) return; // undoing is a page of its own
  e.preventDefault();
  if (busy) return;
  busy = true;
  try {
    const data = body(button);
    const answer = await fetch(form.action, {method: "POST", body: data, headers: {Accept: "application/json"}});
    const said = await answer.json();
    if (said.next) return location.assign(said.next);
    if (!answer.ok) return tell(said.problem);
    for (const id in said.turns) swap(id, said.turns[id]);
    if (!data.get("remove")) {
      for (const box of turns.querySelectorAll("input:checked")) box.checked = false;
      ticked.clear();
      choose([]);
      getSelection().removeAllRanges();
      const theme = data.get("theme");
      recent = [theme, ...recent.filter(id => id != theme)].slice(0, 5);
      showRecent();
    }
    tell(said.said);
  } catch {
    tell(form.dataset.failed);
  } finally {
    busy = false;
  }
});
const swap = (id, html) => {
  const old = d.getElementById(id), held = old.contains(d.activeElement);
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  old.replaceWith(fresh);
  if (held) fresh.querySelector("input").focus();
};

// When somebody else indexes or takes back, the turns are renewed. Ticks and the choice are put back where they still can be.
const ticked = new Set();
turns.addEventListener("change", e => {
  if (e.target.type == "checkbox") ticked[e.target.checked ? "add" : "delete"](e.target.id);
});
new MutationObserver(() => {
  for (const id of ticked) {
    const box = d.getElementById(id);
    if (box) box.checked = true;
  }
  const left = chosen.filter(c => {
    const turn = d.getElementById(c.turn), p = turn && paragraph(turn);
    return p && c.end <= p.textContent.length;
  });
  if (left.length < chosen.length) choose(left);
  else paint();
}).observe(turns, {childList: true});

tap.parentNode.hidden = !(d.caretPositionFromPoint || d.caretRangeFromPoint);
find("[data-keys]").hidden = false;
showRecent();
