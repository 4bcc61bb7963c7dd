// After the first visit the page needs no network, and a new release waits until it is let in.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSite, untilMounted } from './support.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** A copy of dist/ that a test may change. */
function copyOfDist(t) {
  const folder = mkdtempSync(join(tmpdir(), 'hindsight-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(dist, folder, { recursive: true });
  return folder;
}

/** What a new release changes: the page, and with it the worker's list. */
function publishNewRelease(folder) {
  const edit = (name, from, to) => {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(from), `${name} holds ${from}`);
    writeFileSync(file, text.replace(from, to));
  };
  edit('index.html', '<title>Hindsight</title>', '<title>Hindsight, next release</title>');
  edit('service-worker.js', '"version": "', '"version": "next');
}

async function installWorker(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('service-worker.js');
    await navigator.serviceWorker.ready;
  });
}

test('the page opens with the network off after the first visit', async (t) => {
  const site = await startSite();
  t.after(() => site.stop());
  const { page, close } = await site.openPage();
  await untilMounted(page);
  await installWorker(page);
  await site.stopServer();
  await page.reload();
  await untilMounted(page);
  await page.getByRole('button', { name: 'ES (Español)' }).click();
  await page.locator('html[lang=es]').waitFor();
  await close();
});

test('a new release waits until the page lets it in', async (t) => {
  const folder = copyOfDist(t);
  const site = await startSite({ folder });
  t.after(() => site.stop());
  const { page, close } = await site.openPage();
  await untilMounted(page);
  await installWorker(page);
  // A worker that is watched by a debugger, as here, never counts as idle when it is let go in the middle of an
  // answer: the next one would have to wait for five minutes.
  const settled = () => page.waitForLoadState('networkidle');
  const titleInSource = async () => {
    await settled();
    const source = await (await page.reload()).text();
    await settled();
    return source.match(/<title>(.*)<\/title>/)[1];
  };

  publishNewRelease(folder);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing ?? registration.waiting;
    while (worker.state !== 'installed') await new Promise((changed) => worker.addEventListener('statechange', changed, { once: true }));
  });
  assert.equal(await titleInSource(), 'Hindsight', 'the release that runs stays');

  await page.evaluate(async () => {
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    (await navigator.serviceWorker.ready).waiting.postMessage({ type: 'update' });
    await taken;
  });
  assert.equal(await titleInSource(), 'Hindsight, next release');
  await close();
});
