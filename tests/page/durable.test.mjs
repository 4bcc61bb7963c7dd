// What was acknowledged is there: after a reload, in another tab, and after the browser was killed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { recordsOf, storedEvents } from './database.mjs';
import { labOf, openLab } from './lab.mjs';
import { browserCommand, chromium, eventually, listen, startSite } from './support.mjs';

describe('what is kept', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('a reload keeps the log, the selected order and the read models, and projects nothing twice', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await lab.create();
    await lab.send('cancel');
    await lab.modelsAt(4);
    await eventually(async () => (await lab.sales()).upTo, '4');
    const before = await everything(lab);
    assert.deepEqual([before.sales.counts.paid, before.sales.counts.cancelled], [1, 1]);
    const stored = await Promise.all(['log', 'rows', 'checkpoints'].map((store) => recordsOf(page, store)));

    await page.reload();
    await lab.ready();
    await lab.modelsAt(4);
    await eventually(() => everything(lab), before);
    assert.deepEqual(await Promise.all(['log', 'rows', 'checkpoints'].map((store) => recordsOf(page, store))), stored);
    await close();
  });

  test('a second tab sees what the first appended, and both append', async () => {
    const { page, context, lab, close } = await openLab(site);
    const otherPage = await context.newPage();
    const complaints = listen(otherPage, new URL(site.url).origin);
    await otherPage.goto(`${site.url}#/lab`);
    const other = labOf(otherPage);
    await other.ready();

    const first = await lab.create();
    await eventually(other.length, 1, 'the other tab shows it without a reload');
    await other.modelsAt(1);
    await eventually(async () => (await other.orders())[0]?.[0], first.slice(-4));

    await other.create();
    await lab.send('pay');
    for (const tab of [lab, other]) {
      await eventually(tab.length, 3);
      await tab.modelsAt(3);
      await eventually(async () => (await tab.sales()).counts.paid, 1);
    }
    const events = await storedEvents(page);
    assert.deepEqual(events.map((event) => event.position), [1, 2, 3]);
    assert.deepEqual(events.map((event) => event.version), [1, 1, 2]);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('two tabs on one order: what one did, the other is offered at once', async () => {
    const { context, lab, close } = await openLab(site);
    const order = await lab.create();
    const otherPage = await context.newPage();
    await otherPage.goto(`${site.url}#/lab/order/${order}`);
    const other = labOf(otherPage);
    await other.ready();
    await eventually(() => other.isDashed('pay'), false);
    await lab.send('pay');
    await eventually(() => other.isDashed('ship'), false, 'paid in one tab, to be shipped in the other');
    await other.send('ship');
    await eventually(() => lab.isDashed('deliver'), false);
    await close();
  });

  test('an acknowledged command survives the sudden death of the browser', async (t) => {
    const profile = mkdtempSync(join(tmpdir(), 'hindsight-'));
    t.after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
    const doomed = await startBrowser(profile);
    const page = await doomed.browser.contexts()[0].newPage();
    await page.goto(`${site.url}#/lab`);
    const lab = labOf(page);
    await lab.ready();
    const order = await lab.create();
    await doomed.kill();

    const context = await chromium.launchPersistentContext(profile, { ...browserCommand(), locale: 'en' });
    t.after(() => context.close());
    const again = await context.newPage();
    const complaints = listen(again, new URL(site.url).origin);
    await again.goto(`${site.url}#/lab/order/${order}`);
    const found = labOf(again);
    await found.ready();
    await eventually(found.length, 1);
    await found.modelsAt(1);
    await eventually(() => found.isDashed('ship'), true, 'the order is there');
    await found.send('pay');
    assert.deepEqual((await storedEvents(again)).map((event) => event.stream), [`order-${order}`, `order-${order}`]);
    assert.deepEqual(complaints, []);
  });
});

/** All that a person sees of what is kept. */
async function everything(lab) {
  return {
    selected: lab.selected(),
    rows: await Promise.all([1, 2, 3, 4].map((place) => lab.row(place).textContent())),
    orders: await lab.orders(),
    models: await lab.models(),
    sales: await lab.sales(),
  };
}

/** A browser with a profile that stays, and a way to kill it without a chance to tidy up. */
async function startBrowser(profile) {
  const { executablePath, args } = browserCommand();
  const process_ = spawn(executablePath, [...args, '--lang=en', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => process_.once('exit', resolve));
  const port = await eventually(() => portOf(profile) !== null, true, 'the browser says where it listens').then(() => portOf(profile));
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return {
    browser,
    kill: async () => {
      process.kill(-process_.pid, 'SIGKILL');
      await ended;
    },
  };
}

function portOf(profile) {
  try {
    return Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]) || null;
  } catch {
    return null;
  }
}
