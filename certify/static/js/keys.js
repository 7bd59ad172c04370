/* Keys: single letters press what is on the page, as its legend says. They rest while someone types, and can be switched off. */
"use strict";

(() => {
  const KEPT = "certify-keys";
  const legend = document.querySelector("[data-keys]");
  if (!legend) return;
  const targets = new Map([...legend.querySelectorAll("[data-key]")].map(({ dataset }) => [dataset.key, dataset.target]));
  const button = legend.querySelector("[data-keys-switch]");
  let used = read() !== "off";

  function read() {
    try {
      return window.localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      window.localStorage.setItem(KEPT, used ? "on" : "off");
    } catch {
      /* A browser that keeps nothing asks again on the next page. */
    }
  }

  function show() {
    button.textContent = used ? button.dataset.off : button.dataset.on;
    legend.hidden = false;
  }

  function isTyping(element) {
    return element.isContentEditable || element.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');
  }

  function press(element) {
    if (element.matches("textarea")) {
      element.focus();
    } else {
      if (element.matches('input[type="radio"]')) element.focus();
      element.click();
    }
  }

  button.addEventListener("click", () => {
    used = !used;
    keep();
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (!used || event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return;
    const element = document.getElementById(targets.get(event.key.toLowerCase()));
    if (!element) return;
    event.preventDefault();
    press(element);
  });
  show();
})();
