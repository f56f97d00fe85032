// The few lines with which the file unlocks itself. It asks nobody for anything: its policy allows no request at all.
(() => {
  const d = document, main = d.getElementById("main"), form = d.forms[0], box = d.getElementById("words");
  const say = main.querySelector("[role=status]"), kept = d.getElementById("kept");
  const bytes = s => Uint8Array.from(atob(s.trim().replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const tidy = s => s.normalize("NFKC").split(/[ \t\n\v\f\r]+/).filter(w => w).join(" ");
  const unlock = async words => {
    const all = bytes(kept.textContent), subtle = crypto.subtle;
    const base = await subtle.importKey("raw", new TextEncoder().encode(tidy(words)), "PBKDF2", false, ["deriveKey"]);
    const key = await subtle.deriveKey({name: "PBKDF2", hash: "SHA-256", salt: all.subarray(0, 16), iterations: +kept.dataset.rounds},
      base, {name: "AES-GCM", length: 256}, false, ["decrypt"]);
    return new TextDecoder().decode(await subtle.decrypt({name: "AES-GCM", iv: all.subarray(16, 28)}, key, all.subarray(28)));
  };

  // Hiding empties the page first and then asks for the words again.
  const hide = () => {
    d.body.textContent = "";
    location.reload();
  };
  const show = text => {
    const top = d.createElement("header"), button = d.createElement("button");
    top.className = "top";
    button.className = "btn second";
    button.textContent = say.dataset.hide;
    button.addEventListener("click", hide);
    top.append(button);
    main.innerHTML = text;
    main.before(top);
    main.focus();
    let presses = [];
    d.addEventListener("keyup", e => {
      presses = e.key == "Shift" ? presses.filter(at => e.timeStamp - at <= 5000) : [];
      if (e.key == "Shift") presses.push(e.timeStamp);
      if (presses.length > 2) hide();
    });
  };

  if (!self.crypto || !crypto.subtle) {
    say.textContent = say.dataset.cannot;
    return;
  }
  form.hidden = false;
  say.textContent = "";
  form.addEventListener("submit", async e => {
    e.preventDefault();
    say.textContent = say.dataset.wait;
    try {
      show(await unlock(box.value));
    } catch {
      say.textContent = say.dataset.wrong;
      box.focus();
    }
  });
  addEventListener("pagehide", () => d.body.textContent = "");
  addEventListener("pageshow", e => e.persisted && location.reload());
})();
