// When the browser, the disk or the data fails: a plain word at once, a way out, and nothing lost.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { history, putIntoLog, record, recordsOf, storedEvents } from './database.mjs';
import { labOf, openLab } from './lab.mjs';
import { downloaded, eventually, startSite, untilMounted, words } from './support.mjs';

const BLOCKED = {
  'throws when it is opened': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  'throws when it is looked at': () => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    });
  },
  'does not exist': () => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  },
};

describe('in trouble', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  for (const [how, init] of Object.entries(BLOCKED)) {
    test(`where IndexedDB ${how}, the page says so at once and works in memory`, async () => {
      const { page, lab, close } = await openLab(site, { init });
      const banner = lab.alert.filter({ hasText: lab.say('storage.memory_title') });
      await banner.waitFor();
      await lab.create();
      await lab.send('pay');
      await eventually(lab.length, 2);
      await lab.modelsAt(2);
      await banner.getByRole('button', { name: lab.say('storage.export') }).click();
      const lines = await downloaded(page, () => lab.dialog('export.title').getByRole('button', { name: lab.say('export.start') }).click());
      assert.equal(lines.length, 2);
      await page.keyboard.press('Escape');
      await lab.menu('page.menu_start_over');
      await lab.startOver();
      await page.getByRole('button', { name: lab.say('over.undo'), exact: true }).click();
      await eventually(lab.length, 2);
      await close();
    });
  }

  test('where localStorage is blocked, everything works', async () => {
    const init = () => Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
    const { page, lab, close } = await openLab(site, { init });
    await page.getByRole('button', { name: lab.say('page.theme') }).click();
    await lab.create();
    await page.reload();
    await lab.ready();
    await eventually(lab.length, 1);
    await close();
  });

  test('a database from a newer program is refused, can be exported, and is not touched', async () => {
    const { page, close } = await site.openPage({ prepare: makeNewerDatabase });
    await untilMounted(page);
    const say = words();
    await page.getByRole('heading', { name: say('refused.newer_title') }).waitFor();
    await page.getByText(say('refused.newer_text', { found: 7, known: 2 })).waitFor();
    const lines = await downloaded(page, () => page.getByRole('button', { name: say('refused.export') }).click());
    assert.deepEqual(lines, [
      { database: 'hindsight.1', version: 7 },
      { store: 'tomorrow', key: 1, value: { name: 'from the future' } },
      { store: 'tomorrow', key: 2, value: [1, 2, 3] },
    ]);
    const databases = () => page.evaluate(() => indexedDB.databases());
    assert.deepEqual(await databases(), [{ name: 'hindsight.1', version: 7 }]);
    assert.deepEqual(await recordsOf(page, 'tomorrow'), [{ name: 'from the future' }, [1, 2, 3]]);

    await page.getByRole('button', { name: say('refused.start_over') }).click();
    const lab = labOf(page);
    await lab.ready();
    await lab.create();
    assert.deepEqual(await recordsOf(page, 'tomorrow'), [{ name: 'from the future' }, [1, 2, 3]]);
    await close();
  });

  test('a damaged record is named, and the rest is there', async () => {
    const events = history(6);
    const records = [events.slice(0, 2), events.slice(2, 4), events.slice(4)].map(record);
    const { page, lab, close } = await openLab(site, {
      prepare: (page) => putIntoLog(page, [records[0], { ...records[1], events: '[{"position":3,' }, records[2]]),
    });
    const banner = lab.alert.filter({ hasText: lab.say('damage.title.one', { count: 1 }) });
    await banner.waitFor();
    assert.match(await banner.textContent(), /The record 4 in “log” is damaged/);
    await eventually(lab.length, 6);
    await eventually(async () => (await lab.row(6).textContent()).includes('OrderPaymentConfirmed'), true);
    assert.match(await lab.row(3).textContent(), /damaged/);

    await banner.getByRole('button', { name: lab.say('page.menu_export') }).click();
    const dialog = lab.dialog('export.title');
    await dialog.getByText(lab.say('export.text_damaged')).waitFor();
    const lines = await downloaded(page, () => dialog.getByRole('button', { name: lab.say('export.start') }).click());
    assert.deepEqual(lines.filter(({ store }) => store === 'log').map(({ key }) => key), [2, 4, 6]);
    assert.equal(lines.find(({ key }) => key === 4).value.events, '[{"position":3,');
    await page.keyboard.press('Escape');
    await banner.getByRole('button', { name: lab.say('page.menu_start_over') }).click();
    await lab.startOver();
    await eventually(() => banner.count(), 0);
    await lab.create();
    await close();
  });

  test('a full disk is named, nothing is lost, and with room the same command goes through', async () => {
    const { page, lab, close } = await openLab(site, { prepare: (page) => limitDisk(page, 20_000_000) });
    await lab.create();
    await lab.modelsAt(1);
    await fillDisk(page);
    await limitDisk(page, 1);
    const said = await lab.send('pay');
    assert.equal(said, lab.say('happened.failed', { command: 'ConfirmPayment', reason: lab.say('failure.disk_full') }));
    await lab.panes.commands.getByText(lab.say('failure.disk_full')).waitFor();
    assert.equal((await storedEvents(page)).length, 1);
    await limitDisk(page);
    await lab.send('pay');
    await eventually(lab.length, 2);
    await lab.modelsAt(2);
    assert.equal((await storedEvents(page)).length, 2);
    await close();
  });

  test('a panic leads to a banner with export and reload, and nothing is lost', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.modelsAt(1);
    // The program takes it for granted that a document makes elements.
    await page.evaluate(() => {
      window.createElement = Document.prototype.createElement;
      Document.prototype.createElement = () => {
        throw new Error('broken by the test');
      };
    });
    await lab.button('deliver').click();
    const banner = lab.alert.filter({ hasText: lab.say('panic.title') });
    await banner.waitFor();
    await page.evaluate(() => {
      Document.prototype.createElement = window.createElement;
    });
    const lines = await downloaded(page, () => banner.getByRole('button', { name: lab.say('panic.export') }).click());
    assert.equal(lines.filter(({ store }) => store === 'log').length, 1);
    await banner.getByRole('button', { name: lab.say('panic.reload') }).click();
    await lab.ready();
    await eventually(lab.length, 1);
    assert.equal(await banner.count(), 0);
    await close({ excused: /panicked|unreachable|broken by the test/ });
  });
});

function makeNewerDatabase(page) {
  return page.evaluate(() => new Promise((made, failed) => {
    const request = indexedDB.open('hindsight.1', 7);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('tomorrow');
      store.put({ name: 'from the future' }, 1);
      store.put([1, 2, 3], 2);
    };
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
      request.result.close();
      made();
    };
  }));
}

/** How much this origin may store, in bytes; without a number, what the browser gives. */
async function limitDisk(page, quotaSize) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize });
}

/** Fills another database until nothing more fits: the browser hands out room in advance. */
function fillDisk(page) {
  return page.evaluate(async () => {
    const database = await new Promise((opened, failed) => {
      const request = indexedDB.open('ballast');
      request.onupgradeneeded = () => request.result.createObjectStore('stones', { autoIncrement: true });
      request.onsuccess = () => opened(request.result);
      request.onerror = () => failed(request.error);
    });
    const fits = (size) => new Promise((done) => {
      const transaction = database.transaction('stones', 'readwrite');
      transaction.objectStore('stones').add(crypto.getRandomValues(new Uint8Array(65_536)).slice(0, size));
      for (let more = size; more > 65_536; more -= 65_536) transaction.objectStore('stones').add(new Uint8Array(65_536));
      transaction.oncomplete = () => done(true);
      transaction.onabort = () => done(false);
    });
    for (let size = 4_194_304; size >= 64; size /= 4) {
      while (await fits(size));
    }
    database.close();
  });
}
