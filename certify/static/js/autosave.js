/* Autosave: sends the form a moment after the last change, and says what is saved. Saving by button stays the way. */
"use strict";

(() => {
  const PAUSE = 2000;

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const status = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    let timer = 0;
    let stopped = false;
    let running = null;

    form.addEventListener("input", wait);
    form.addEventListener("change", wait);
    form.addEventListener("submit", () => {
      stopped = true;
      clearTimeout(timer);
      running?.abort();
    });
    window.addEventListener("pageshow", () => { stopped = false; });

    function wait(event) {
      if (event.target.type === "file" || stopped) return;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    }

    async function save() {
      if (running) return wait({ target: form });
      running = new AbortController();
      say("saving");
      try {
        const body = new FormData(form);
        for (const input of form.querySelectorAll('input[type="file"]')) body.delete(input.name);
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body,
          headers: { Accept: "application/json" },
          credentials: "same-origin",
          signal: running.signal,
        });
        await heed(answer);
      } catch (fault) {
        if (fault.name !== "AbortError") say("failed");
      } finally {
        running = null;
      }
    }

    async function heed(answer) {
      if (answer.status === 409) {
        stopped = true;
        say("conflict");
      } else if (answer.status === 422) {
        say(null);
      } else if (!answer.ok || answer.redirected) {
        say("failed");
      } else {
        if (answer.status === 200) keep(await answer.json());
        say("done");
        form.dispatchEvent(new Event("certify:saved"));
      }
    }

    function keep(values) {
      for (const [name, value] of Object.entries(values)) {
        const field = form.elements.namedItem(name);
        if (field?.type === "hidden") field.value = value;
      }
    }

    function say(what) {
      if (!status) return;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      status.textContent = what ? status.dataset[what].replace("{time}", time) : "";
    }
  }
})();
