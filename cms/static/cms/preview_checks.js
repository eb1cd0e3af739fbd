// A check of Wagtail's panel that axe has not: texts of links that say nothing to somebody who hears only them.
document.querySelector("wagtail-userbar").registerCheck("link-says-nothing", function (link, options) {
  const picture = link.querySelector("img[alt]");
  const text = (link.getAttribute("aria-label") || link.textContent.trim() || (picture && picture.alt) || "").toLowerCase();
  return /^https?:/.test(text) || options.texts.includes(text.replace(/[\s.…»›>]+$/, "").trim());
});
