// The tape: kept in the database as it grows, and gone on from after a reload.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { recordsOf } from './database.mjs';
import { openLab } from './lab.mjs';
import { eventually, startSite } from './support.mjs';

describe('the tape', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  /** What stands on the tape in the database, the kind of each entry. */
  const kinds = async (page) => (await recordsOf(page, 'tape')).map(({ text }) => {
    const line = JSON.parse(text);
    if (line.hindsight_tape) return `tape ${line.hindsight_tape} on ${line.base}`;
    return typeof line.input === 'string' ? line.input : Object.keys(line.input)[0];
  });

  test('is kept with the database, and a reload stands on it', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'command']);
    await page.reload();
    await lab.ready();
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'command', 'reload']);
    await lab.send('ship');
    await lab.modelsAt(3);
    await eventually(() => kinds(page), ['tape 1 on 0', 'command', 'command', 'reload', 'command']);
    assert.equal(await page.getByText(lab.say('tape.differs').slice(0, 30)).count(), 0);
    await close();
  });

  test('begins again where it leads to another log, and says so', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await eventually(() => kinds(page), ['tape 1 on 0', 'command']);
    await page.evaluate(() => new Promise((done) => {
      const request = indexedDB.open('hindsight.1');
      request.onsuccess = () => {
        const tape = request.result.transaction('tape', 'readwrite').objectStore('tape');
        tape.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (!cursor) return done(request.result.close());
          cursor.update({ ...cursor.value, text: cursor.value.text.replace(/"seed":\d+/, '"seed":1') });
          cursor.continue();
        };
      };
    }));
    await page.reload();
    await lab.ready();
    await page.getByText(lab.say('tape.differs', { position: 1 })).waitFor();
    await page.getByRole('button', { name: lab.say('page.dismiss') }).click();
    assert.equal(await lab.length(), 1, 'the log is as it was');
    await lab.create();
    await eventually(() => kinds(page), ['tape 1 on 1', 'command']);
    await close();
  });
});
