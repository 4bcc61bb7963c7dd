// What the page weighs: everything needed to paint and use it, compressed with brotli (quality 11).
// Left out: what a browser fetches later or never (worker, manifest, large icons, scenarios, sources,
// and the texts in any language but one: the heaviest counts).

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

// What the page shall weigh since the lab has its picture (README, decisions), and what it may: a ratchet,
// moved down with every saving, never up.
const GOAL_BYTES = 350_000;
const LIMIT_BYTES = 370_000;
const LATER = /^(service-worker\.js|manifest\.webmanifest|icons\/.*\.png|scenarios\/.*|src\/.*)$/;

const isText = (name) => name.startsWith('texts/');

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
  .filter((name) => !LATER.test(name))
  .map(weigh)
  .sort((a, b) => b.brotli - a.brotli)
  .filter(({ name }, at, all) => !isText(name) || at === all.findIndex((other) => isText(other.name)));
const total = files.reduce((sum, file) => sum + file.brotli, 0);

row('bytes', 'plain', 'brotli');
for (const { name, raw, brotli } of files) row(name, raw, brotli);
row('in all', files.reduce((sum, file) => sum + file.raw, 0), total);
const compared = (bytes) => (total > bytes ? `${total - bytes} over` : `${bytes - total} below`);
console.log(`goal ${GOAL_BYTES}: ${compared(GOAL_BYTES)}; limit ${LIMIT_BYTES}: ${compared(LIMIT_BYTES)}`);

if (total > LIMIT_BYTES) {
  console.error('error: the page weighs more than its limit: find what grew, or take something out.');
  process.exit(1);
}
