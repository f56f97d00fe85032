// How far files have come. Without it the form is sent as any other.
const d = document, form = d.querySelector("[data-upload]");
const bar = form.querySelector("progress"), box = form.querySelector("[data-sent]"), line = form.querySelector("[data-line]");
form.addEventListener("submit", e => {
  e.preventDefault();
  const send = new XMLHttpRequest(), go = form.querySelector("button");
  const say = text => {
    line.textContent = text;
    box.hidden = go.disabled = false;
  };
  box.hidden = false;
  go.disabled = true;
  line.textContent = "";
  send.open("POST", form.action);
  send.setRequestHeader("Accept", "application/json");
  send.responseType = "json";
  send.upload.onprogress = e => {
    if (e.lengthComputable) bar.value = 100 * e.loaded / e.total;
  };
  send.upload.onload = () => {
    bar.value = 100;
    line.textContent = form.dataset.reading;
  };
  send.onerror = () => say(form.dataset.lost);
  send.onload = () => {
    const got = send.response || {};
    if (got.next) return location.assign(got.next);
    say(got.problem || (got.files ? got.files.map(f => f.name + ": " + f.problem).join(" ") : form.dataset.lost));
  };
  send.send(new FormData(form));
});
