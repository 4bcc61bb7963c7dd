// Gives what the wasm imports from its glue short names, in both: some 500 long names, of no use to
// anybody in a release, cost 7 KB in brotli. wasm-bindgen has no switch for it.
// Source of the layout: WebAssembly Core Specification 2.0, 5.5.5 "Import section".

import { number, readNumber, readText, rewriteSection, text } from './sections.mjs';

const IMPORT_SECTION = 2;

/** Where the description of a function that is imported ends; wasm-bindgen imports nothing else. */
function endOfDescription(bytes, at) {
  if (bytes[at] !== 0) throw new Error('an import that is no function');
  return readNumber(bytes, at + 1)[1];
}

/** The import section with the names that `rename` gives. */
function renamedSection(bytes, start, rename) {
  let [count, at] = readNumber(bytes, start);
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    let module, name;
    [module, at] = readText(bytes, at);
    [name, at] = readText(bytes, at);
    const end = endOfDescription(bytes, at);
    parts.push(text(module), text(rename(name, index)), bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** A name is changed where the glue has it exactly once, as a key of what it hands to the wasm. */
export function shortenImports(wasm, glue) {
  const rename = (name, index) => {
    const key = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?=: ?function|\\()`, 'g');
    if (!/^__wb/.test(name) || glue.match(key)?.length !== 1 || glue.split(name).length !== 2) return name;
    const short = `w${index.toString(36)}`;
    glue = glue.replace(key, short);
    return short;
  };
  const section = (bytes, start) => renamedSection(bytes, start, rename);
  return { wasm: rewriteSection(wasm, IMPORT_SECTION, section), glue };
}
