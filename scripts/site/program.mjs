// The program of a release page: split, without what nobody needs, small, and named after what is in it.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropUnused } from './drop-unused.mjs';
import { shortenImports } from './shorten-imports.mjs';
import { relink, split } from './split.mjs';

// The packages lie in .tools, out of reach of a plain import.
const require = createRequire(new URL('../../.tools/node/package.json', import.meta.url));

const NAME = 'hindsight';
const target = resolve(process.env.CARGO_TARGET_DIR ?? 'target');

/** As long as the hashes in the names that trunk gives. */
const hash = (...contents) =>
  contents.reduce((sum, content) => sum.update(content), createHash('sha256')).digest('hex').slice(0, 16);

/** Chosen by what brotli makes of the result: stronger passes write less that compresses worse. */
function optimized(file) {
  const program = fileURLToPath(new URL('../../.tools/node/node_modules/.bin/wasm-opt', import.meta.url));
  // It warns of names that it does not keep; what makes it fail is in the error.
  const stdio = ['ignore', 'inherit', 'pipe'];
  execFileSync(program, [file, '-o', file, '-O2', '--reorder-functions-by-name'], { stdio });
  return readFileSync(file);
}

/** A script and all that it imports, as one: a request less for each. */
function bundled(script) {
  const asked = { bundle: true, format: 'esm', target: 'esnext', write: false };
  // wasm-bindgen lists a module once for each function that it takes from there.
  const logOverride = { 'duplicate-object-key': 'silent' };
  return require('esbuild').buildSync({ entryPoints: [script], ...asked, logOverride }).outputFiles[0].text;
}

/** Puts the parts into the folder, and their names into the link. */
function placeParts({ link, parts }, folder) {
  const names = new Map();
  for (const { file, path, name } of parts) {
    const part = optimized(path);
    names.set(file, `${name}-${hash(part)}.wasm`);
    writeFileSync(join(folder, names.get(file)), part);
  }
  writeFileSync(link, relink(readFileSync(link, 'utf8'), names));
}

/** Takes the program and its glue out of the folder, and says under which name they lay there. */
function takeOut(folder) {
  const stem = readdirSync(folder).find((name) => name.endsWith('_bg.wasm')).replace('_bg.wasm', '');
  const glue = readFileSync(join(folder, `${stem}.js`), 'utf8');
  if (!glue.includes('__wasm_split_placeholder__')) {
    throw new Error('the program was not built to be split: build the release page with scripts/build');
  }
  for (const made of [`${stem}_bg.wasm`, `${stem}.js`, 'snippets']) rmSync(join(folder, made), { recursive: true });
  return stem;
}

/**
 * Puts the finished program into the folder in place of the one that trunk made.
 * Returns the page's markup with its new name in it.
 */
export function finishProgram(folder, html) {
  const trunkName = takeOut(folder);
  const made = split(join(target, 'wasm32-unknown-unknown/web/hindsight.wasm'), NAME, join(target, 'split'));
  const used = dropUnused(readFileSync(made.wasm), readFileSync(made.glue, 'utf8'), made.shared);
  writeFileSync(made.wasm, used.wasm);
  const { wasm, glue } = shortenImports(optimized(made.wasm), used.glue);
  writeFileSync(made.glue, glue);
  placeParts(made, folder);
  const script = bundled(made.glue);
  const name = `${NAME}-${hash(wasm, script)}`;
  writeFileSync(join(folder, `${name}_bg.wasm`), wasm);
  writeFileSync(join(folder, `${name}.js`), script.replaceAll(`${NAME}_bg.wasm`, `${name}_bg.wasm`));
  return html.replace(/<link rel="modulepreload" href="\.\/snippets[^>]*>/g, '').replaceAll(trunkName, name);
}
