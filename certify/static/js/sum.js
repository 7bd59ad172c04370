/* Sum: keeps in sight how many points are allotted of those that have to be. */
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-sum]")) {
    const line = form.querySelector("[data-sum-target]");
    if (!line) continue;
    const show = () => {
      const fields = [...form.querySelectorAll('input[type="number"]')];
      const sum = fields.reduce((total, field) => total + (Number.parseInt(field.value, 10) || 0), 0);
      line.textContent = line.dataset.words.replace("{sum}", sum);
      line.dataset.reached = sum === Number(line.dataset.sumTarget) ? "yes" : "no";
    };
    form.addEventListener("input", show);
    show();
  }
})();
