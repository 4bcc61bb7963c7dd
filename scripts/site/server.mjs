// Serves dist/ as a static host would: right types, compressed, hashed files kept for ever.
//   node server.mjs PORT           serves until it is stopped
//   node server.mjs --check PORT   fails if the port is taken

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../../dist');
const HASHED = /-[0-9a-f]{8,}(_bg)?\.\w+$/;

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.rs': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const PACKED_ALREADY = new Set(['.png', '.woff2', '.ico']);

const compressors = {
  br: (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (data) => gzipSync(data, { level: 9 }),
};

/** Compressed bodies by tag and encoding; a release has a dozen files, so nothing is thrown away. */
const compressed = new Map();

function compress(data, tag, encoding) {
  const key = `${tag} ${encoding}`;
  if (!compressed.has(key)) compressed.set(key, compressors[encoding](data));
  return compressed.get(key);
}

function chooseEncoding(request, extension) {
  if (PACKED_ALREADY.has(extension)) return null;
  const accepted = (request.headers['accept-encoding'] ?? '').split(',').map((part) => part.trim().split(';')[0]);
  return ['br', 'gzip'].find((encoding) => accepted.includes(encoding)) ?? null;
}

/** The file that an address names, or null when there is none inside the folder. */
async function findFile(folder, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return null;
  }
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(folder + sep) || file.includes('\0')) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? file : null;
}

async function answer(folder, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
  const file = await findFile(folder, request.url);
  if (!file) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n');

  const data = await readFile(file);
  const extension = extname(file);
  const tag = `"${createHash('sha256').update(data).digest('hex').slice(0, 24)}"`;
  const headers = {
    'Content-Type': TYPES[extension] ?? 'application/octet-stream',
    'Cache-Control': HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    ETag: tag,
    Vary: 'Accept-Encoding',
  };
  if (request.headers['if-none-match'] === tag) return response.writeHead(304, headers).end();

  const encoding = chooseEncoding(request, extension);
  const body = encoding ? compress(data, tag, encoding) : data;
  if (encoding) headers['Content-Encoding'] = encoding;
  headers['Content-Length'] = body.length;
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}

/** Serves a folder; port 0 takes any free one. Resolves to the address and a way to stop. */
export function startServer({ folder = DIST, port = 0 } = {}) {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  return new Promise((started, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => started({
      url: `http://127.0.0.1:${server.address().port}/`,
      stop: () => new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      }),
    }));
  });
}

function explain(error, port) {
  const next = `Choose another one: scripts/serve --port ${port + 1}`;
  if (error.code === 'EADDRINUSE') return `port ${port} is taken by another program, perhaps an earlier scripts/serve.\n  Stop that one. ${next}`;
  if (error.code === 'EACCES') return `this user may not open port ${port}.\n  ${next}`;
  if (error.code === 'ERR_SOCKET_BAD_PORT') return `${port} is not a port: it goes from 1 to 65535.`;
  return error.message;
}

async function main(words) {
  const port = Number(words.at(-1));
  try {
    const server = await startServer({ port });
    if (words[0] === '--check') return await server.stop();
    console.log(`\nHindsight is at ${server.url} (Ctrl+C stops it)`);
  } catch (error) {
    console.error(`\nerror: ${explain(error, port)}`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
