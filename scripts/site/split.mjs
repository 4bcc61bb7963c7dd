// Takes the program apart: one file that the page begins with, and a file for each part that comes later
// (src/ui/late.rs). wasm-split-cli finds what only a part reaches. It wants the program as the linker left
// it, with its relocations, so wasm-bindgen runs again behind it: what trunk made of the whole is not used.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const LINK = '__wasm_split.js';
const PART = /\b(?:split_(\w+)|chunk_\d+)\.wasm\b/;

const run = (program, ...words) => execFileSync(program, words, { stdio: 'inherit' });

/** Splits the program that cargo made, in the folder `work`. The files bear `name`. */
export function split(program, name, work) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  run('wasm-split-cli', program, work, '--target', 'web', '--out-name', name);
  run('wasm-bindgen', join(work, `${name}.wasm`), '--target', 'web', '--no-typescript', '--keep-lld-exports',
    '--out-dir', work, '--out-name', name);
  const link = readFileSync(join(work, LINK), 'utf8');
  return {
    /** What wasm-bindgen made: the program without its parts, and its glue, which imports the link to them. */
    wasm: join(work, `${name}_bg.wasm`),
    glue: join(work, `${name}.js`),
    link: join(work, LINK),
    /** What the program hands out to its parts, by name. */
    shared: /const \{ ([\w, ]+?),? *\} = initSync/.exec(link)[1].split(', '),
    /** Each by its name; what several of them need is a part of its own. */
    parts: readdirSync(work).filter((file) => PART.test(file))
      .map((file) => ({ file, path: join(work, file), name: PART.exec(file)[1] ?? 'shared' })),
  };
}

/**
 * The link with other names for the parts' files. A part is compiled when all of it is there: then it does not
 * matter what type a host gives to wasm files.
 */
export function relink(link, names) {
  const renamed = link.replace(new RegExp(PART, 'g'), (file) => names.get(file));
  return renamed.replaceAll(
    'WebAssembly.instantiateStreaming(src, imports)',
    'WebAssembly.instantiate(await (await src).arrayBuffer(), imports)',
  );
}
