// A long tape: played again in slices while the page opens, with its progress, and a way around it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { recordsOf } from './database.mjs';
import { openLab } from './lab.mjs';
import { eventually, longTasks, notingLongTasks, startSite, untilMounted } from './support.mjs';

/** Inputs on the long tape; HINDSIGHT_INPUTS measures another length. */
const INPUTS = Number(process.env.HINDSIGHT_INPUTS ?? 6_000);
/** The page may be blocked for this long, in milliseconds, with room for a busy machine. */
const BLOCKED_MAX = 120;

describe('a long tape', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  /** A lab with one order, and beside its branch one with a tape of so many commands. */
  const openLong = async () => {
    const opened = await openLab(site, { init: notingLongTasks });
    const { page, lab } = opened;
    await lab.create();
    const lines = await eventually(async () => (await tape(page)).length, 2).then(() => tape(page));
    await page.evaluate(putBranch, [lines, INPUTS]);
    return opened;
  };
  const tape = async (page) => (await recordsOf(page, 'tape')).filter(({ branch }) => branch === 1).map(({ text }) => text);
  const branches = (page, say) => page.getByRole('combobox', { name: say('branch.label') }).locator('option').count();

  test('is played again with progress, and the page is never blocked for long', async (t) => {
    const { page, lab, close } = await openLong();
    await longTasks(page);
    const begun = Date.now();
    await page.reload();
    await untilMounted(page);
    const bar = page.getByRole('progressbar', { name: lab.say('page.opening') });
    await bar.waitFor();
    const { value, max } = await bar.evaluate(({ value, max }) => ({ value, max }));
    assert.ok(value < max && max > INPUTS, `${value} of ${max}`);
    await lab.button('create').waitFor({ timeout: 280_000 });
    t.diagnostic(`${INPUTS} inputs: the page is open after ${Date.now() - begun} ms`);
    await eventually(() => branches(page, lab.say), 2);
    const blocked = await longTasks(page);
    t.diagnostic(`blocked for at most ${blocked} ms`);
    assert.ok(blocked < BLOCKED_MAX, `blocked for ${blocked} ms`);
    await close();
  });

  test('can be left: the page opens without the past, with the log, and says so', async () => {
    const { page, lab, close } = await openLong();
    await page.reload();
    await untilMounted(page);
    await page.getByRole('button', { name: lab.say('page.skip_replay') }).click();
    await lab.ready();
    await page.getByText(lab.say('tape.skipped')).waitFor();
    await eventually(lab.length, 1, 'the log is whole');
    assert.equal(await branches(page, lab.say), 1);
    await lab.send('pay');
    await eventually(lab.length, 2);
    await close();
  });
});

/** Runs in the page. */
async function putBranch([[head, created], inputs]) {
  const entry = JSON.parse(created);
  const uuid = (kind, number) => `0000000${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  const request = indexedDB.open('hindsight.1');
  await new Promise((done) => { request.onsuccess = done; });
  const transaction = request.result.transaction('tape', 'readwrite');
  const tape = transaction.objectStore('tape');
  const put = (branch, place, text) => tape.put({ branch, place, text });
  put(2, 0, head);
  for (let place = 1; place <= inputs; place += 1) {
    const { command } = entry.input;
    command.id = uuid(1, place);
    command.command.CreateOrder.order = uuid(2, place);
    put(2, place, JSON.stringify({ ...entry, at: entry.at + place * 5_000_000 }));
  }
  const branch = (number, parent) => ({ number, name: '', parent, parts_at: 0, scenario: null });
  put(0, 0, JSON.stringify({ current: 1, begun: 2, branches: [branch(1, null), branch(2, 1)] }));
  await new Promise((done) => { transaction.oncomplete = done; });
  request.result.close();
}
