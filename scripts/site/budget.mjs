// What the page weighs: everything that home or an empty lab need to be painted and used, compressed with
// brotli (quality 11). Home and lab need the same; tests/page/later.test.mjs shows that they need no more.
// Left out: what a browser fetches later or never (worker, manifest, large icons, scenarios, sources, the texts in
// any language but one: the heaviest counts), and the parts of the program that come later: they are
// fetched when somebody opens something or something has happened, and ahead of that once the page is
// usable (src/ui/late.rs). They are listed and have no limit.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// What the page shall weigh since the lab has its picture (README, decisions), and what it may: a ratchet,
// moved down with every saving, never up.
const GOAL_BYTES = 350_000;
const LIMIT_BYTES = 348_500;
const NEVER_NEEDED = /^(service-worker\.js|manifest\.webmanifest|icons\/.*\.png|scenarios\/.*|src\/.*)$/;

const isText = (name) => /^texts\/\w+\.json$/.test(name);
const isLaterText = (name) => /^texts\/\w+\.\w+\.json$/.test(name);
const isLater = ({ name }) => isLaterText(name) || (name.endsWith('.wasm') && !name.endsWith('_bg.wasm'));

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '../../dist');

function weigh(name) {
  const data = readFileSync(join(dist, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length };
  return { name, raw: data.length, brotli: brotliCompressSync(data, { params }).length };
}

const row = (name, raw, brotli) => console.log(`${String(raw).padStart(10)} ${String(brotli).padStart(10)}  ${name}`);

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((name) => !NEVER_NEEDED.test(name))
  .map(weigh)
  .sort((a, b) => b.brotli - a.brotli)
  .filter(({ name }, at, all) => !isText(name) || at === all.findIndex((other) => isText(other.name)));
const sum = (some, size) => some.reduce((all, file) => all + file[size], 0);

function list(title, some) {
  for (const { name, raw, brotli } of some) row(name, raw, brotli);
  row(title, sum(some, 'raw'), sum(some, 'brotli'));
}

const needed = files.filter((file) => !isLater(file));
const total = sum(needed, 'brotli');
row('needed for home or the empty lab', 'plain', 'brotli');
list('home or lab, in all', needed);
list('later, in all', files.filter(isLater));
const compared = (bytes) => (total > bytes ? `${total - bytes} over` : `${bytes - total} below`);
console.log(`goal ${GOAL_BYTES}: ${compared(GOAL_BYTES)}; limit ${LIMIT_BYTES}: ${compared(LIMIT_BYTES)}`);

if (total > LIMIT_BYTES) {
  console.error('error: the page weighs more than its limit: find what grew, or take something out.');
  process.exit(1);
}
