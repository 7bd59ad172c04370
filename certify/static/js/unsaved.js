/* Unsaved changes: the browser asks before a page with changes is left without saving them. */
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    const content = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.name ?? value])).toString();
    let saved = content();
    let sending = false;

    form.addEventListener("submit", () => { sending = true; });
    form.addEventListener("certify:saved", () => { saved = content(); });
    window.addEventListener("beforeunload", (event) => {
      if (sending || content() === saved) return;
      event.preventDefault();
      event.returnValue = form.dataset.unsaved;
    });
    window.addEventListener("pageshow", () => { sending = false; });
  }
})();
