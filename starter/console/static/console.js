// Keys in focused lists, forms that open by name, and what only a browser knows. No library.
"use strict";
(() => {
  const KEYS_OFF = "amicable-keys-off";
  const all = (what, where = document) => [...where.querySelectorAll(what)];

  // Where the browser stands: the person's own time zone.
  for (const field of all("input[name=zone]"))
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

  // A one-time link comes in by itself; scanners that follow links run no script.
  const entrance = document.querySelector("form[data-enter]");
  if (entrance) entrance.requestSubmit();

  // #promise opens the form of that name, wherever the link stood.
  const reveal = (form) => {
    form.open = true;
    const first = form.querySelector("input:not([type=hidden]), select, textarea, button");
    if (first) first.focus();
  };
  const open = () => {
    const form = location.hash && document.getElementById(location.hash.slice(1));
    if (form && form.tagName === "DETAILS") reveal(form);
  };
  addEventListener("hashchange", open);

  const rows = (list) => all("[data-row]", list);
  const target = (row) => row.querySelector("[data-open]") || row;
  const press = (found) => {
    if (found.tagName === "A" && found.hash && found.pathname === location.pathname) {
      location.hash = found.hash;
      open();
    } else if (found.tagName === "SUMMARY") reveal(found.parentElement);
    else found.click();
  };
  let gone = false; // after "g" the next letter names a page

  addEventListener("keydown", (event) => {
    const list = event.target.closest && event.target.closest("[data-keys]");
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape" && typing) return event.target.blur();
    if (!list || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (localStorage.getItem(KEYS_OFF)) return;
    const at = rows(list).findIndex((row) => row.contains(event.target));
    const step = { j: 1, k: -1 }[event.key];
    let found;
    if (gone) found = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    else if (step) {
      const next = rows(list)[Math.max(0, at + step)];
      if (next) target(next).focus();
      return event.preventDefault();
    } else if (/^[a-z/?]$/.test(event.key)) {
      const wanted = `[data-key="${CSS.escape(event.key)}"]`;
      const row = rows(list)[at];
      found = (row && row.querySelector(wanted)) || document.querySelector(wanted);
    }
    gone = !gone && event.key === "g";
    if (!found) return;
    event.preventDefault();
    if (found.tagName === "INPUT") found.focus();
    else press(found);
  });

  // The switch of the keys, for this browser.
  for (const button of all("button[data-switch-keys]")) {
    const say = () => {
      const off = Boolean(localStorage.getItem(KEYS_OFF));
      button.textContent = off ? button.dataset.on : button.dataset.off;
      button.setAttribute("aria-pressed", String(off));
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      if (localStorage.getItem(KEYS_OFF)) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "yes");
      say();
    });
    say();
  }

  // Passkeys: the browser's own words, sent as a field of a form.
  for (const form of all("form[data-passkey]")) {
    const creates = form.dataset.passkey === "create";
    const own = window.PublicKeyCredential;
    const read = own && (creates ? own.parseCreationOptionsFromJSON : own.parseRequestOptionsFromJSON);
    if (!read) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      try {
        const publicKey = read.call(own, JSON.parse(form.dataset.options));
        const given = await navigator.credentials[creates ? "create" : "get"]({ publicKey });
        form.elements.answer.value = JSON.stringify(given.toJSON());
        form.requestSubmit();
      } catch (error) {
        const place = form.querySelector("[data-problem]");
        if (place) place.textContent = `${place.dataset.problem} (${error.name})`;
      }
    });
  }

  // The browser's own jump to #promise takes the focus away: so after it.
  if (location.hash) addEventListener("load", () => setTimeout(open));
  else {
    const first = document.querySelector("[data-keys] [data-row]");
    if (first && !document.querySelector("[autofocus]")) target(first).focus({ preventScroll: true });
  }
})();
