/* Upload: shows how much of a file has been sent; the server's answer is the same as without it. */
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      const chosen = [...form.querySelectorAll('input[type="file"]')].some((input) => input.files.length > 0);
      const meter = form.querySelector("[data-upload-progress]");
      if (!chosen || !meter) return;
      event.preventDefault();
      send(form, meter, event.submitter);
    });
  }

  function send(form, meter, submitter) {
    const words = meter.querySelector("[role=status]");
    const bar = meter.querySelector("progress");
    const request = new XMLHttpRequest();
    const buttons = form.querySelectorAll("button");

    const settle = (sentence) => {
      words.textContent = sentence;
      buttons.forEach((button) => { button.disabled = false; });
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = total ? Math.floor((loaded * 100) / total) : 0;
      bar.value = percent;
      words.textContent = percent < 100 ? words.dataset.sending.replace("{percent}", percent) : words.dataset.checking;
    });
    request.addEventListener("load", () => {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const refused = request.status >= 400 || answer.querySelector("[data-error-summary]");
      if (refused) show(answer, () => settle(words.dataset.failed));
      else window.location.assign(request.responseURL);
    });
    request.addEventListener("error", () => settle(words.dataset.failed));
    request.addEventListener("timeout", () => settle(words.dataset.failed));

    meter.hidden = false;
    const body = new FormData(form, submitter);
    buttons.forEach((button) => { button.disabled = true; });
    request.open("POST", new URL(form.getAttribute("action") ?? "", window.location.href));
    request.send(body);
  }

  /* A refusal comes as a whole page: its matter takes the place of this page's, and its summary the focus. */
  function show(answer, fail) {
    const matter = answer.querySelector("main");
    if (!matter) {
      fail();
      return;
    }
    document.title = answer.title;
    document.querySelector("main").replaceWith(document.adoptNode(matter));
    (document.querySelector("[data-error-summary]") ?? document.querySelector("main")).focus();
  }
})();
