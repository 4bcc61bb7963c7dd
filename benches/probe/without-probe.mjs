// Makes what scripts/bench compares: target/bench-probe with the project's sources twice, once as
// they are and once with every call of the probe in the engine cut out.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = process.argv[2];

/** The statements that end in a call of the probe: from what it is reached by to `.await;`. */
const CALL = /(?:self|passage)?\s*\.?environment\s*\.probe\(\)\s*\.reach\(|self\.reach\(/g;

function withoutCalls(source) {
  let [result, from, cut] = ['', 0, 0];
  for (const call of source.matchAll(CALL)) {
    if (call.index < from) continue;
    result += source.slice(from, call.index);
    from = endOfStatement(source, call.index + call[0].length);
    cut += 1;
  }
  return { source: result + source.slice(from), cut };
}

/** Where the statement ends whose call's parenthesis was opened just before. */
function endOfStatement(source, at) {
  let depth = 1;
  while (depth > 0) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    at += 1;
  }
  const rest = /^\s*\.await;/.exec(source.slice(at));
  if (!rest) throw new Error(`no statement ends here: ${source.slice(at, at + 60)}`);
  return at + rest[0].length;
}

/** A crate of the library alone. */
function copy(name, version) {
  const folder = join(target, name);
  mkdirSync(folder, { recursive: true });
  cpSync('src', join(folder, 'src'), { recursive: true });
  const manifest = readFileSync('Cargo.toml', 'utf8').replace(/^version = .*/m, `version = "${version}"`)
    .replace(/\[\[b(?:in|ench)\]\]\n(?:.+\n)*/g, '').replace(/\[lints\.[\s\S]*$/, '');
  writeFileSync(join(folder, 'Cargo.toml'), `${manifest}\n`);
  rmSync(join(folder, 'src/main.rs'));
  return folder;
}

rmSync(target, { recursive: true, force: true });
copy('with', '0.1.0');
const engine = join(copy('without', '0.2.0'), 'src/engine');
let cut = 0;
for (const name of readdirSync(engine, { recursive: true }).filter((name) => name.endsWith('.rs'))) {
  const file = join(engine, name);
  const stripped = withoutCalls(readFileSync(file, 'utf8'));
  writeFileSync(file, stripped.source);
  cut += stripped.cut;
  if (/\.reach\(/.test(stripped.source)) throw new Error(`${name} still reaches the probe`);
}
for (const name of ['Cargo.toml', 'compare.rs']) cpSync(join('benches/probe', name), join(target, name));
cpSync('Cargo.lock', join(target, 'Cargo.lock'));
console.log(`${cut} calls of the probe cut out of the engine`);
