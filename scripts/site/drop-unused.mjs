// Takes away what wasm-bindgen hands out and nobody takes: classes that a library offers to other
// scripts (streams, which come with Leptos), and all code that only they reach. The linker and
// wasm-bindgen keep whatever has an export.
// Source of the layout: WebAssembly Core Specification 2.0, 5.5.10 "Export section".

import { number, readNumber, readText, rewriteSection } from './sections.mjs';

const EXPORT_SECTION = 7;

/** A class of the glue, with what stands beside it at the top level. */
const parts = (name) => [
  new RegExp(`^export class ${name} \\{[\\s\\S]*?^\\}\\n`, 'm'),
  new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, 'm'),
  new RegExp(`^const ${name}Finalization = [\\s\\S]*?;\\n(?!    )`, 'm'),
];

/** The glue without the classes that nothing else in it names. */
function withoutClasses(glue) {
  for (const [, name] of glue.matchAll(/^export class (\w+)/gm)) {
    const rest = parts(name).reduce((left, part) => left.replace(part, ''), glue);
    if (!new RegExp(`\\b${name}`).test(rest)) glue = rest;
  }
  return glue;
}

/** The export section with those exports only that are used. */
function exportsThat(isUsed, bytes, start) {
  let [count, at] = readNumber(bytes, start);
  const kept = [];
  for (; count > 0; count -= 1) {
    const from = at;
    let name;
    [name, at] = readText(bytes, at);
    [, at] = readNumber(bytes, at + 1);
    if (isUsed(name)) kept.push(bytes.subarray(from, at));
  }
  return Buffer.concat([number(kept.length), ...kept]);
}

/** The wasm and its glue, each without what only the other would have needed. */
export function dropUnused(wasm, glue, alsoUsed = []) {
  const shorter = withoutClasses(glue);
  const used = new Set([...shorter.matchAll(/\bwasm\.(\w+)/g)].map(([, name]) => name).concat(alsoUsed));
  const section = (bytes, start) => exportsThat((name) => used.has(name), bytes, start);
  return { wasm: rewriteSection(wasm, EXPORT_SECTION, section), glue: shorter };
}
