// The way out when the program has stopped: a banner and an export that need nothing of it.
// After a trap its instance must not be entered again, so everything here is prepared before.

const words = { title: '', text: '', export: '', reload: '', nothing: '' };
let banner = null;

function element(tag, className, parent) {
  const made = document.createElement(tag);
  made.className = className;
  parent.append(made);
  return made;
}

function button(parent, onClick) {
  const made = element('button', 'button', parent);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** Builds the banner, hidden. */
export function prepare() {
  const box = document.createElement('div');
  box.className = 'rescue';
  box.hidden = true;
  box.setAttribute('role', 'alert');
  const text = element('div', 'rescue__words', box);
  const title = element('strong', 'rescue__title', text);
  const body = element('p', 'rescue__text', text);
  const buttons = element('div', 'rescue__buttons', box);
  const save = button(buttons, () => exportEverything(body));
  const reload = button(buttons, () => location.reload());
  banner = { box, title, body, save, reload };
  document.body.append(box);
  const trapped = (reason) => reason instanceof WebAssembly.RuntimeError && show();
  addEventListener('error', (event) => trapped(event.error));
  addEventListener('unhandledrejection', (event) => trapped(event.reason));
}

/** The words on it, in the language of now. */
export function label(title, text, save, reload, nothing) {
  Object.assign(words, { title, text, export: save, reload, nothing });
}

/** Shows it. */
export function show() {
  if (!banner || !banner.box.hidden) return;
  banner.title.textContent = words.title;
  banner.body.textContent = words.text;
  banner.save.textContent = words.export;
  banner.reload.textContent = words.reload;
  banner.box.hidden = false;
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
}

/** Says in the waiting page that the words could not be fetched. */
export function wordless() {
  const box = document.querySelector('.loading-failed');
  for (const reload of box.querySelectorAll('button')) reload.onclick = () => location.reload();
  box.hidden = false;
}

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Bytes are written as text where they are text: JSON has no form for them. */
function plain(_, value) {
  if (!(value instanceof Uint8Array || value instanceof ArrayBuffer)) return value;
  return new TextDecoder().decode(value);
}

async function linesOf(name) {
  const database = await answered(indexedDB.open(name));
  const lines = [];
  try {
    for (const store of database.objectStoreNames) {
      const from = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answered(from.getAllKeys()), answered(from.getAll())]);
      keys.forEach((key, at) => {
        lines.push(`${JSON.stringify({ database: name, store, key, value: values[at] }, plain)}\n`);
      });
    }
  } finally {
    database.close();
  }
  return lines;
}

async function exportEverything(body) {
  try {
    const databases = (await indexedDB.databases()).filter(({ name }) => name.startsWith('hindsight'));
    const lines = (await Promise.all(databases.map(({ name }) => linesOf(name)))).flat();
    if (lines.length === 0) throw new Error(words.nothing);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(lines, { type: 'application/jsonl' }));
    link.download = 'hindsight-records.jsonl';
    link.click();
  } catch (error) {
    body.textContent = error.message;
  }
}
