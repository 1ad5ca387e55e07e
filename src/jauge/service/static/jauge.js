/* What pages do beyond links and forms; all of them work without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const kept = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* private window */ } },
  };

  /* Light or dark: before the page is drawn, so that it does not flash. */
  const theme = kept.get("jauge-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  function switchTheme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    kept.set("jauge-theme", root.dataset.theme);
  }

  /* One open list at a time is the browser's work; closing it from outside is ours. */
  function closeLists(except) {
    for (const list of all("details.chip[open]")) if (!list.contains(except)) list.open = false;
  }

  /* A list that would leave the screen opens to the other side. */
  document.addEventListener("toggle", (event) => {
    const list = event.target;
    if (!list.open || !list.matches?.("details.chip")) return;
    list.classList.remove("flip");
    const place = list.querySelector(".pop")?.getBoundingClientRect();
    if (place && place.right > root.clientWidth - 8) list.classList.add("flip");
  }, true);

  function setUp(part) {
    for (const hidden of all("[data-theme-switch],[data-print],[data-keys],.find,[data-copy],[data-drop-here]", part)) hidden.hidden = false;
    /* Browsers copy for us only over TLS, or on this machine. */
    if (!navigator.clipboard) for (const copy of all("[data-copy]", part)) copy.hidden = true;
    if (matchMedia("(max-width:860px)").matches) for (const list of all("[data-wide-open]", part)) list.open = false;
    for (const box of all("[data-keys-off]", part)) box.checked = kept.get("jauge-keys") === "off";
    for (const field of all("input[data-kept]", part)) if (!field.value) field.value = kept.get(`jauge-${field.dataset.kept}`) || "";
  }

  /* The rows of the list by keyboard. */
  const rows = () => all("[data-rows] tbody tr");
  function step(by) {
    const list = rows();
    if (!list.length) return false;
    const at = list.findIndex((row) => row.classList.contains("at"));
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by;
    if (next < 0 || next >= list.length) return true;
    list[at]?.classList.remove("at");
    list[next].classList.add("at");
    const link = list[next].querySelector("a.open");
    link?.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  /* What had the focus is gone once a list is shown anew: who uses the keyboard goes on
     from where they were. htmx itself finds again what has an id. */
  let focused = null;
  for (const name of ["htmx:beforeRequest", "htmx:beforeSwap"]) document.addEventListener(name, () => {
    const one = document.activeElement;
    if (one?.closest("#page")) focused = { list: one.closest("details.chip")?.id, isPager: Boolean(one.closest(".pager")) };
  });
  function refocus() {
    if (!focused || document.activeElement !== document.body) return;
    const { list, isPager } = focused;
    focused = null;
    const places = [list && `#${list}>summary`, isPager && "#list-title", "#page h1"];
    for (const place of places.filter(Boolean)) {
      document.querySelector(place)?.focus({ preventScroll: true });
      if (document.activeElement !== document.body) return;
    }
  }

  const go = (what) => { const link = document.querySelector(what); if (link) link.click(); return Boolean(link); };
  const mark = (value) => { const field = document.querySelector(`input[name=stars][value="${value}"]`); if (field) { field.checked = true; field.focus(); } return Boolean(field); };
  const keys = {
    j: () => step(1) || go("a[data-next]"),
    k: () => step(-1) || go("a[data-previous]"),
    u: () => go("a[data-up]"),
    h: () => go("a[data-hide]"),
    "/": () => { const field = document.querySelector("[data-search]"); field?.focus(); field?.select(); return Boolean(field); },
    "?": () => { document.getElementById("keys")?.showModal(); return true; },
  };
  for (const value of "12345") keys[value] = () => mark(value);

  function isTyping(target) {
    return target.closest("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable],dialog");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.chip[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (kept.get("jauge-keys") === "off") return;
    const work = keys[event.key.toLowerCase()];
    if (work && work()) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    closeLists(target);
    if (target.closest("[data-theme-switch]")) switchTheme();
    if (target.closest("[data-print]")) print();
    if (target.closest("[data-keys]")) document.getElementById("keys").showModal();
    const copy = target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(new URL(copy.dataset.copy, location.href).href).then(() => { copy.querySelector("[data-words]").textContent = copy.dataset.done; });
  });

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-find]")) return;
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const wanted = fold(field.value.trim());
    for (const one of all("label.check", field.closest(".pop"))) {
      const words = one.querySelector(".nm");
      if (words) one.hidden = !fold(words.textContent).includes(wanted);
    }
    /* Values that are not listed are searched for on a page of their own. */
    const more = field.closest(".pop").querySelector("a[data-more]");
    if (more) { const to = new URL(more.href); to.searchParams.set("find", field.value); more.href = to.href; }
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("[data-keys-off]")) kept.set("jauge-keys", field.checked ? "off" : "on");
    if (field.matches("input[data-kept]")) kept.set(`jauge-${field.dataset.kept}`, field.value);
  });

  /* Files dropped anywhere on a page that has the zone are sent as its form would. */
  const zone = () => document.querySelector("form[data-drop]");
  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const complain = (form, words) => { form.querySelector("[role=alert]").textContent = words; sending(form, false); };

  function sending(form, is) {
    form.querySelector("[data-sending]").hidden = !is;
    for (const field of all("button", form)) field.disabled = is;
  }

  function answered(form, request) {
    if (request.status < 400) { location.assign(request.responseURL); return; }
    const told = new DOMParser().parseFromString(request.responseText, "text/html");
    const words = told.querySelector("#drop-error")?.textContent || told.querySelector("main .lede")?.textContent;
    complain(form, words || form.dataset.notSent);
  }

  function send(form) {
    const size = [...form.elements.file.files].reduce((sum, file) => sum + file.size, 0);
    if (size > Number(form.dataset.most)) { complain(form, form.dataset.tooBig); return; }
    const bar = form.querySelector("progress");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", form.elements._csrf_token.value);
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
    request.onload = () => answered(form, request);
    request.onerror = () => complain(form, form.dataset.notSent);
    complain(form, "");
    bar.value = 0;
    sending(form, true);
    request.send(new FormData(form));
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-drop]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("dragover", (event) => {
    const form = hasFiles(event) && zone();
    if (!form) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone()?.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    const form = hasFiles(event) && zone();
    if (!form) return;
    event.preventDefault();
    form.classList.remove("over");
    if (!form.querySelector("[data-sending]").hidden) return;
    form.elements.file.files = event.dataTransfer.files;
    send(form);
  });
  addEventListener("pageshow", (event) => { if (event.persisted && zone()) sending(zone(), false); });

  document.addEventListener("DOMContentLoaded", () => setUp(document));
  document.addEventListener("htmx:afterSettle", (event) => {
    setUp(document);
    const job = document.getElementById("job");
    if (job && !job.hasAttribute("hx-get")) document.getElementById("live").textContent = job.querySelector("h1").textContent;
    const count = document.getElementById("count");
    if (count) document.getElementById("live").textContent = count.textContent;
    refocus();
  });

  /* On paper, what is folded is shown. */
  addEventListener("beforeprint", () => { for (const part of all("details.more:not([open]),details.as-table:not([open])")) { part.open = true; part.dataset.forPrint = ""; } });
  addEventListener("afterprint", () => { for (const part of all("details[data-for-print]")) { part.open = false; delete part.dataset.forPrint; } });
})();
