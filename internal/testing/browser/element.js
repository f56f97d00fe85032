// Helpers that the tests evaluate in the page through the debugging
// protocol; they work with the scripts of the page turned off.

// find returns the elements that a selector means, in page order.
const find = (selector) => {
  if (!selector.startsWith("text=")) return [...document.querySelectorAll(selector)];
  const words = (s) => s.replace(/\s+/g, " ").trim();
  const wanted = words(selector.slice(5));
  const named = "a, button, label, summary, legend, h1, h2, h3, h4, option, input[type=submit]";
  return [...document.querySelectorAll(named)]
    .filter((el) => words(el.value && el.tagName === "INPUT" ? el.value : el.innerText) === wanted);
};

const visible = (el) => el.getClientRects().length > 0 &&
  el.checkVisibility({ opacityProperty: true, visibilityProperty: true });

// middle returns the centre of the first box of the element that has a size.
const middle = (el) => {
  const box = [...el.getClientRects()].find((r) => r.width > 0 && r.height > 0);
  return box && { X: box.x + box.width / 2, Y: box.y + box.height / 2 };
};

// covered says in words why a click on the middle would not reach el.
const covered = (el) => {
  const at = middle(el);
  if (!at) return "it is not visible";
  const top = document.elementFromPoint(at.X, at.Y);
  if (!top) return "it is outside the window";
  // A click on the label of a field is a click on the field.
  if (el.contains(top) || top.contains(el) && top.tagName === "LABEL") return "";
  return "it is covered by " + top.outerHTML.slice(0, 120);
};

// spot scrolls el into view and says where to click it.
const spot = (el) => {
  el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const why = el.disabled ? "it is disabled" : covered(el);
  const leads = el.matches("a[href], button[form], form button:not([type=button]), input[type=submit], a[href] *, form button *");
  return { X: 0, Y: 0, ...middle(el), Leads: leads, Why: why };
};

// fill makes a field ready to be typed in and returns true, or sets its value
// and returns false where typing does not lead there.
const fill = (el, text) => {
  if (el.disabled || el.readOnly) throw "the field does not accept changes";
  const told = () => ["input", "change"].forEach((name) => el.dispatchEvent(new Event(name, { bubbles: true })));
  if (el.tagName === "SELECT") {
    const choice = [...el.options].find((o) => o.label === text || o.value === text);
    if (!choice) throw "there is no such choice";
    choice.selected = true;
    told();
    return false;
  }
  if (/^(date|time|month|week|datetime-local|color|range)$/.test(el.type)) {
    el.value = text;
    if (el.value !== text) throw "the field does not take this value";
    told();
    return false;
  }
  if (!visible(el)) throw "the field is not visible";
  el.focus();
  if (el.select) el.select();
  else document.getSelection().selectAllChildren(el);
  return true;
};
