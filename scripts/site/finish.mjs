// Trunk's last step for a release page, run on the folder that becomes dist/: the finished program, smaller
// scripts and style sheets, a Content-Security-Policy in index.html, and the service worker with its list
// of files.
// Debug pages get neither: trunk's own reload script would be refused, and old files kept.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { finishProgram } from './program.mjs';

// The packages lie in .tools, out of reach of a plain import.
const require = createRequire(new URL('../../.tools/node/package.json', import.meta.url));

const WORKER = 'service-worker.js';
const hash = (data, encoding) => createHash('sha256').update(data).digest(encoding);

/** Scripts and style sheets without what only people read. They mean the same. */
function minify(folder) {
  const { transformSync } = require('esbuild');
  for (const name of listFiles(folder)) {
    const loader = /\.(js|css)$/.exec(name)?.[1];
    if (!loader) continue;
    const file = join(folder, name);
    const options = { loader, minify: true, target: 'esnext', legalComments: 'none' };
    writeFileSync(file, transformSync(readFileSync(file, 'utf8'), options).code);
  }
}

/** Everything comes from the page's own folder; inline scripts only when their hash is known. */
function contentSecurityPolicy(html) {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, text]) => `'sha256-${hash(text, 'base64')}'`);
  return [
    `default-src 'none'`,
    `script-src 'self' ${inline.join(' ')} 'wasm-unsafe-eval'`,
    `style-src 'self'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** The policy stands right after the charset, before anything that it governs. */
function addHead(html) {
  const charset = /<meta charset="utf-8">/i;
  if (!charset.test(html)) throw new Error('index.html has no <meta charset="utf-8">');
  return html.replace(charset, (found) => `${found}
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(html)}">
<meta name="service-worker" content="${WORKER}">`);
}

/** Texts have plain names; their address says which are meant, so that no cache gives out older ones. */
function nameTexts(html, folder) {
  const texts = listFiles(folder).filter((name) => name.startsWith('texts/'));
  const version = hash(texts.map((name) => readFileSync(join(folder, name), 'utf8')).join(), 'hex').slice(0, 8);
  return html.replace('${language}.json`', (found) => found.replace('`', `?${version}\``));
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((name) => name !== WORKER)
    .sort();
}

/** The worker's source, preceded by what it cannot know: the files, and a name for exactly them. */
function serviceWorker(folder, source) {
  const files = listFiles(folder);
  const contents = files.map((name) => `${name} ${hash(readFileSync(join(folder, name)), 'hex')}`);
  const version = hash(contents.join('\n') + source, 'hex').slice(0, 16);
  return `self.release = ${JSON.stringify({ version, files }, null, 1)};\n\n${source}`;
}

if (process.env.TRUNK_PROFILE === 'release') {
  const folder = resolve(process.env.TRUNK_STAGING_DIR);
  const page = join(folder, 'index.html');
  const html = finishProgram(folder, readFileSync(page, 'utf8'));
  minify(folder);
  writeFileSync(page, addHead(nameTexts(html, folder)));
  const source = readFileSync(join(process.env.TRUNK_SOURCE_DIR, 'src/ui', WORKER), 'utf8');
  writeFileSync(join(folder, WORKER), serviceWorker(folder, source));
}
