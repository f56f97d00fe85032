// The one script of every page. Each task works without it; it leaves faster, keeps drafts and speaks counts.
// It holds no words of its own: texts come translated, in data attributes beside the markup they belong to.
const d = document, root = d.documentElement;
const leave = d.querySelector("[data-leave]"), said = d.querySelector("[data-said]");
let gone = false;

// Blanking empties the page rather than covering it, so that nothing is left to restore or to read aloud.
const blank = () => {
  d.title = "\u200b";
  d.body.textContent = "";
};

// Drafts. `dirty` is the form whose newest words the server has not confirmed. Files stay behind: a beacon is small.
let dirty, edits = 0, timer;
const words = form => {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("keep", form.dataset.draft);
  return body;
};
const later = wait => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};
const save = async () => {
  clearTimeout(timer);
  const form = dirty, edit = edits;
  if (!form || gone) return;
  let kept = false, newer = false;
  try {
    const answer = await fetch(form.dataset.draft, {method: "POST", body: words(form)});
    kept = answer.ok && !answer.redirected;
    newer = answer.status == 409;
  } catch {}
  if (gone || dirty != form) return;
  if (!kept && !newer) later(8000);
  else if (kept && edit == edits) dirty = null;
  const line = form.querySelector("[data-status]");
  if (line) line.textContent = kept ? line.dataset.saved : newer && line.dataset.newer || line.dataset.unsaved;
};
d.addEventListener("input", e => {
  const form = e.target.form;
  if (!form || !form.dataset.draft) return;
  dirty = form;
  edits++;
  later(1500);
});
d.addEventListener("submit", () => {
  clearTimeout(timer);
  dirty = null;
});
d.addEventListener("visibilitychange", () => d.hidden && save());

// Other windows of the same browser leave with this one: they show the same person's things.
const windows = self.BroadcastChannel && new BroadcastChannel("away");

// Leaving. Unsaved words travel first, because the page asked for next ends the session; the screen is blank meanwhile.
const go = () => {
  if (gone) return;
  gone = true;
  const to = leave.href, body = dirty && words(dirty);
  const away = () => {
    clearTimeout(timer);
    location.replace(to);
  };
  blank();
  if (windows) windows.postMessage(0);
  clearTimeout(timer);
  if (!body) return away();
  timer = setTimeout(away, 600);
  fetch(to, {method: "POST", body, keepalive: true, redirect: "manual"}).then(away, away);
};
if (leave) {
  if (windows) windows.onmessage = go;
  for (const link of d.querySelectorAll("[data-leave]")) link.addEventListener("click", e => {
    e.preventDefault();
    go();
  });

  // Three lone Shifts within five seconds in all. Any other key, any typing and any touch start the count again.
  let alone = false, presses = [], hush;
  const other = () => {
    alone = false;
    presses = [];
  };
  d.addEventListener("keydown", e => {
    if (e.key != "Shift" || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) other();
    else alone = !e.repeat;
  }, true);
  d.addEventListener("keyup", e => {
    if (e.key != "Shift" || !alone) return;
    alone = false;
    presses = presses.filter(at => e.timeStamp - at <= 5000);
    presses.push(e.timeStamp);
    if (presses.length > 2) return go();
    said.textContent = leave.dataset["say" + (3 - presses.length)];
    clearTimeout(hush);
    hush = setTimeout(() => said.textContent = "", 5000);
  }, true);
  for (const act of ["input", "pointerdown", "blur"]) addEventListener(act, other, true);
}

// A page that is left by any way empties itself; one that a browser kept in memory hides itself and asks anew.
addEventListener("pagehide", () => {
  if (dirty && !gone) navigator.sendBeacon(dirty.dataset.draft, words(dirty));
  gone = true;
  blank();
});
addEventListener("pageshow", e => {
  if (!e.persisted) return;
  root.hidden = true;
  location.reload();
});

// The count of characters speaks after a pause. Going over is allowed while writing.
let pause;
d.addEventListener("input", e => {
  const box = e.target, line = box.dataset.count && d.getElementById(box.id + "-count");
  if (!line) return;
  clearTimeout(pause);
  pause = setTimeout(() => {
    const left = box.dataset.count - [...box.value].length;
    line.textContent = line.dataset[left < 0 ? "over" : "left"].replace("{n}", Math.abs(left).toLocaleString(root.lang || undefined));
  }, 900);
});

// A passphrase can be looked at while it is typed.
for (const button of d.querySelectorAll("[data-show]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const box = d.getElementById(button.dataset.show), shown = box.type == "text";
    box.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", !shown);
  });
}

// Live parts: <div id=… data-live="/events">. The message "changed" puts the newest of the same page in its place, once
// nobody is typing in it; "closed" does not wait, since words were taken back. What cannot be refreshed is not kept.
// A part <div data-with="id of a live part"> is renewed with it where its words changed, so that a button keeps the focus.
for (const part of d.querySelectorAll("[data-live]")) {
  const source = new EventSource(part.dataset.live);
  let waiting = false;
  const renew = async () => {
    waiting = false;
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (gone) return;
      if (!answer.ok || answer.redirected) throw 0;
      for (const one of d.querySelectorAll(`#${part.id},[data-with=${part.id}]`)) {
        const fresh = page.getElementById(one.id);
        if (one == part || one.textContent != fresh.textContent) one.replaceChildren(...fresh.childNodes);
      }
    } catch {
      if (!gone) location.reload();
    }
  };
  const changed = () => {
    const at = d.activeElement;
    if (!part.contains(at) || !at.matches("input,textarea,select")) return renew();
    if (!waiting) part.addEventListener("focusout", renew, {once: true});
    waiting = true;
  };
  source.onmessage = e => e.data == "closed" ? renew() : e.data == "changed" && changed();
  source.onerror = () => {
    if (source.readyState > 1 && !gone) location.reload();
  };
  addEventListener("pagehide", () => source.close());
}
