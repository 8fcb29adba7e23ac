// Keys in focused lists, forms that open by name, and what only a browser knows. No library.
"use strict";
(() => {
  const KEYS_OFF = "amicable-keys-off";
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const isField = (one) => /^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName);

  // A key that is pressed while the page still comes waits until the list has the focus.
  let ready = false;
  const early = [];

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

  const hear = (key, from, late) => {
    const list = from.closest && from.closest("[data-keys]");
    if (!list || isField(from) || localStorage.getItem(KEYS_OFF)) return false;
    const at = rows(list).findIndex((row) => row.contains(from));
    const step = { j: 1, k: -1 }[key];
    let found;
    if (gone) found = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    else if (step) {
      const next = rows(list)[Math.max(0, at + step)];
      if (next) target(next).focus();
      return true;
    } else if (/^[a-z/?]$/.test(key)) {
      const wanted = `[data-key="${CSS.escape(key)}"]`;
      const row = rows(list)[at];
      found = (row && row.querySelector(wanted)) || document.querySelector(wanted);
    }
    gone = !gone && key === "g";
    if (!found || (late && found.tagName === "BUTTON")) return false; // nobody saw whom it is for
    if (found.tagName === "INPUT") found.focus();
    else press(found);
    return true;
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isField(event.target)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ready) {
      if (hear(event.key, event.target)) event.preventDefault();
    } else if (!isField(event.target)) early.push(event.key);
  });
  const hearEarly = () => {
    ready = true;
    for (const key of early) hear(key, document.activeElement, true);
  };

  const prepare = () => {
    // Where the browser stands: the person's own time zone.
    for (const field of all("input[name=zone]"))
      field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

    // A one-time link comes in by itself; scanners that follow links run no script.
    const entrance = document.querySelector("form[data-enter]");
    if (entrance) entrance.requestSubmit();

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
  };

  const start = () => {
    const first = document.querySelector("[data-keys] [data-row]");
    if (first && !document.querySelector("[autofocus]")) target(first).focus({ preventScroll: true });
    hearEarly();
  };

  // The browser's own jump to #promise takes the focus away: so after it.
  const arrive = () => {
    open();
    hearEarly();
  };

  addEventListener("DOMContentLoaded", () => {
    prepare();
    if (location.hash) addEventListener("load", () => setTimeout(arrive));
    else start();
  });
})();
