// Puts the style sheets that style/main.css imports, in that order, into target/style/main.css:
// the page then asks for one file, and style/ can stay many small ones.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const IMPORT = /^@import\s+(?:url\()?["']([^"')]+)["']\)?([^;]*);[ \t]*$/gm;

/** The text of a style sheet with every imported one in place of its `@import`, layers kept. */
function bundle(file) {
  return readFileSync(file, 'utf8').replace(IMPORT, (_, path, rest) => {
    const text = bundle(join(dirname(file), path)).trimEnd();
    const layer = rest.match(/layer\(([^)]+)\)/);
    return layer ? `@layer ${layer[1]} {\n${text}\n}` : text;
  });
}

const out = join(root, 'target/style/main.css');
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, bundle(join(root, 'style/main.css')));
