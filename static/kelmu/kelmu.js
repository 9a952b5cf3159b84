// What the browser adds to pages that work without it.

const WARNING_MS = 5 * 60 * 1000;
const SHORTCUTS_OFF = "kelmu-shortcuts=off"; // a cookie: logging out clears the browser's storage

// --- session -------------------------------------------------------------------------------

const channel = new BroadcastChannel("kelmu-session");
let deadline = Infinity;
let warned = false;

const session = () => document.getElementById("session");

function endsIn(seconds) {
  deadline = Date.now() + seconds * 1000;
  warned = false;
  session()?.replaceChildren();
}

function warn(template) {
  warned = true;
  session().replaceChildren(document.getElementById(template).content.cloneNode(true));
}

function watchSession() {
  const left = deadline - Date.now();
  if (left <= 0) {
    deadline = Infinity;
    location.replace(session().dataset.endedUrl);
  } else if (left <= WARNING_MS && !warned) {
    warn("session-warning");
  }
}

async function extendSession(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (!answer.ok) {
    location.replace(session().dataset.endedUrl);
    return;
  }
  const { seconds_left: seconds } = await answer.json();
  endsIn(seconds);
  channel.postMessage(seconds);
  if (seconds * 1000 <= WARNING_MS) warn("session-last-call");
}

if (session()) {
  const seconds = Number(session().dataset.seconds);
  channel.postMessage(seconds); // other tabs share the session
  endsIn(seconds);
  channel.onmessage = (event) => {
    endsIn(event.data);
    watchSession();
  };
  setInterval(watchSession, 5000);
  watchSession();
  session().addEventListener("submit", (event) => {
    event.preventDefault();
    extendSession(event.target);
  });
}

// Nobody is logged in here any more: pages open in other tabs leave too.
if (document.getElementById("session-ended")) channel.postMessage(0);

// A page that the browser kept from before a logout is asked for anew.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// --- forms ---------------------------------------------------------------------------------

const submitButtons = (form) => form.querySelectorAll("button:not([type=button])");

function markBusy(form, busy) {
  form.ariaBusy = busy ? "true" : null;
  for (const button of submitButtons(form)) button.ariaBusy = form.ariaBusy;
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method === "dialog" || session()?.contains(form)) return;
    if (form.ariaBusy) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    markBusy(form, true);
    if ("download" in form.dataset) setTimeout(markBusy, 3000, form, false); // the page stays
  },
  true,
);

const focusWhatMatters = (within) => within.querySelector("[data-focus]")?.focus();

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) markBusy(form, false);
});
document.addEventListener("htmx:afterSettle", (event) => focusWhatMatters(event.target));
focusWhatMatters(document);

// htmx notes the address of the page in the browser's storage; not even that stays.
const forgetAddress = () => sessionStorage.removeItem("htmx-current-path-for-history");
for (const name of ["htmx:pushedIntoHistory", "htmx:historyRestore"]) {
  document.addEventListener(name, forgetAddress);
}
forgetAddress();

if (document.querySelector("[data-print]")) print();

// --- files ---------------------------------------------------------------------------------

// A file that is chosen or dropped is sent at once; what is not yet there is shown by its share.
const uploadOf = (event) => event.target.closest?.("[data-upload]");

function prepareUploads() {
  for (const button of document.querySelectorAll(".upload__add")) button.hidden = true;
}

function dropFiles(event) {
  const upload = uploadOf(event);
  if (!upload || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  upload.classList.toggle("upload--over", event.type === "dragover");
  if (event.type !== "drop" || !event.dataTransfer.files.length) return;
  const input = upload.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function showProgress(event) {
  const progress = uploadOf(event)?.querySelector("progress");
  if (!progress || !event.detail.lengthComputable) return;
  progress.parentElement.hidden = false;
  progress.value = Math.floor((100 * event.detail.loaded) / event.detail.total);
  progress.nextElementSibling.value = `${progress.value} %`;
}

for (const name of ["dragover", "dragleave", "drop"]) document.addEventListener(name, dropFiles);
document.addEventListener("htmx:xhr:progress", showProgress);
document.addEventListener("htmx:afterSettle", prepareUploads);
prepareUploads();

// --- keyboard ------------------------------------------------------------------------------

const dialog = () => document.getElementById("shortcuts");
const shortcutsOn = () => !document.cookie.includes(SHORTCUTS_OFF);

function useShortcuts(on) {
  const age = on ? 0 : 365 * 24 * 60 * 60;
  document.cookie = `${SHORTCUTS_OFF}; path=/; max-age=${age}; samesite=lax; secure`;
}

function prepareShortcuts() {
  const choice = document.getElementById("shortcuts-on");
  choice.checked = shortcutsOn();
  choice.addEventListener("change", () => useShortcuts(choice.checked));
  for (const opener of document.querySelectorAll("[data-opens=shortcuts]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog().showModal());
  }
}

function useShortcut(key) {
  const target = [...document.querySelectorAll("[aria-keyshortcuts]")].findLast(
    (element) => element.getAttribute("aria-keyshortcuts") === key,
  );
  if (target?.matches("input")) target.focus();
  else target?.click();
  return Boolean(target);
}

function moveFocus(event) {
  const group = event.target.closest("[data-arrows]");
  const rows = group?.dataset.arrows === "rows";
  const step = (rows ? { ArrowUp: -1, ArrowDown: 1 } : { ArrowLeft: -1, ArrowRight: 1 })[event.key];
  if (!step) return;
  const stops = [...group.querySelectorAll(rows ? "tr" : "a")];
  const next = stops[stops.indexOf(event.target.closest(rows ? "tr" : "a")) + step];
  if (!next) return;
  if (rows) next.tabIndex = 0;
  next.focus();
  event.preventDefault();
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  moveFocus(event);
  if (!shortcutsOn() || dialog()?.open || event.target.matches("input, select, textarea")) return;
  if (event.key === "?") dialog()?.showModal();
  else if (useShortcut(event.key)) event.preventDefault();
}

function prepareRows() {
  for (const body of document.querySelectorAll("[data-arrows=rows]")) body.rows[0].tabIndex = 0;
}

if (dialog()) {
  prepareShortcuts();
  prepareRows();
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:afterSettle", prepareRows);
}
