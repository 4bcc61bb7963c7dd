// Keeps the page usable without a network. The build puts `self.release = { version, files }`
// in front of this: every file of one release, and a name that changes whenever one of them does.
//
// A new release is fetched in the background and then waits. Only when the page says so
// (`postMessage({ type: 'update' })`) or every tab is closed does it take over:
// a running simulation never changes under its viewer.

const { version, files } = self.release;

// Several releases of this page may live on one origin, each under its own path.
const prefix = `hindsight ${self.registration.scope} `;
const cacheName = prefix + version;
const indexUrl = new URL('index.html', self.registration.scope).href;

// Hashed names never change their content, so the browser's own copy will do for them.
const isHashed = (file) => /-[0-9a-f]{8,}(_bg)?\.\w+$/.test(file);

async function store() {
  const cache = await caches.open(cacheName);
  await cache.addAll(files.map((file) => new Request(file, { cache: isHashed(file) ? 'default' : 'reload' })));
}

async function forgetOlderReleases() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(older.map((name) => caches.delete(name)));
}

// The page and its files come from the store. What this release does not have is asked for on the
// network; where there is none, an address that a person typed leads to the page.
async function answer(request) {
  const cache = await caches.open(cacheName);
  const isPage = new URL(request.url).pathname === new URL(self.registration.scope).pathname;
  const stored = await cache.match(isPage ? indexUrl : request, { ignoreSearch: true });
  if (stored) return stored;
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode === 'navigate') return cache.match(indexUrl);
    throw error;
  }
}

self.addEventListener('install', (event) => event.waitUntil(store()));

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlderReleases().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data?.type === 'update') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const isOurs = request.url.startsWith(self.registration.scope);
  if (request.method === 'GET' && isOurs) event.respondWith(answer(request));
});
