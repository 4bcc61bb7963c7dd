// Puts the style sheets into one file, target/style/main.css, so that the page asks for one only:
// first what style/main.css imports, in its order, then every other sheet of style/ by name.
// So a new component's sheet needs no entry anywhere, and none can be forgotten.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const style = join(root, 'style');
const IMPORT = /^@import "([\w.-]+)";$/gm;

const order = readFileSync(join(style, 'main.css'), 'utf8');
const first = [...order.matchAll(IMPORT)].map(([, name]) => name);
const others = readdirSync(style)
  .filter((name) => name.endsWith('.css') && name !== 'main.css' && !first.includes(name))
  .sort();
const ownRules = order.replace(IMPORT, '');
const sheets = [...first, ...others].map((name) => readFileSync(join(style, name), 'utf8'));

const out = join(root, 'target/style/main.css');
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, [...sheets, ownRules].join('\n'));
