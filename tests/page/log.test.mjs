// A log of 100,000 events: a small document, every event within reach, and nothing that jumps.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { history, orderAt, putIntoLog, sealed } from './database.mjs';
import { openLab } from './lab.mjs';
import { eventually, longTasks, notingLongTasks, startSite } from './support.mjs';

const COUNT = 100_000;
const records = sealed(history(COUNT));
const ROWS_MAX = 200;

describe('a log of 100,000 events', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  const open = () => openLab(site, { prepare: (page) => putIntoLog(page, records, { readUpTo: COUNT }), init: notingLongTasks });

  test('opens at its end, with a small document', async (t) => {
    const { page, lab, close } = await open();
    await eventually(lab.length, COUNT);
    await eventually(async () => (await lab.positions()).at(-1), COUNT);
    const rows = await page.getByRole('row').count();
    assert.ok(rows < ROWS_MAX, `${rows} rows`);
    const opening = await longTasks(page);
    for (const part of [0.2, 0.4, 0.6, 0.8, 1]) {
      await scrollTo(lab, part);
      await eventually(async () => (await seen(lab)).every(Boolean), true);
    }
    const scrolling = await longTasks(page);
    t.diagnostic(`longest task while opening ${opening} ms, while scrolling ${scrolling} ms`);
    await lab.modelsAt(COUNT);
    await close();
  });

  test('keys reach the first and the last event and those between', async () => {
    const { page, lab, close } = await open();
    await eventually(lab.length, COUNT);
    await lab.grid.focus();
    await page.keyboard.press('Home');
    await eventually(() => active(lab), '1');
    await page.keyboard.press('PageDown');
    const onPage = await eventually(async () => Number((await active(lab)).replace(',', '')) > 1, true).then(() => active(lab));
    await page.keyboard.press('ArrowDown');
    await eventually(() => active(lab), String(Number(onPage) + 1));
    await page.keyboard.press('PageUp');
    await eventually(() => active(lab), '2');
    await page.keyboard.press('End');
    await eventually(() => active(lab), '100,000');
    const row = await lab.row(COUNT).textContent();
    assert.ok(row.includes('OrderPaymentConfirmed') && row.includes(orderAt(COUNT).slice(-4)), row);
    await page.keyboard.press('ArrowUp');
    await eventually(() => active(lab), '99,999');
    await close();
  });

  test('any place of the scroll bar shows the events that belong there', async () => {
    const { lab, close } = await open();
    await eventually(lab.length, COUNT);
    for (const part of [0, 0.25, 0.5, 0.75]) {
      await scrollTo(lab, part);
      await eventually(async () => {
        const positions = await seen(lab);
        const first = positions[0];
        const isRun = positions.every((position, at) => position === first + at);
        return isRun && Math.abs(first - part * COUNT) < 100;
      }, true, `at ${part} of the log`);
      const rows = await lab.grid.getByRole('row').count();
      assert.ok(rows < ROWS_MAX, `${rows} rows`);
    }
    await close();
  });

  test('filters by stream and by type show what matches, and nothing else', async () => {
    const { page, lab, close } = await open();
    await lab.modelsAt(COUNT);
    const stream = lab.panes.log.getByRole('searchbox', { name: lab.say('log.filter_stream') });
    const type = lab.panes.log.getByRole('combobox', { name: lab.say('log.filter_type') });
    await eventually(() => type.locator('option').allTextContents(), [lab.say('log.filter_type.all'), 'OrderCreated', 'OrderPaymentConfirmed']);

    await type.selectOption('OrderCreated');
    await eventually(lab.length, COUNT / 2);
    await lab.panes.log.getByText(lab.say('log.matches.other', { count: '50,000' })).waitFor();
    await stream.fill(orderAt(777));
    await eventually(lab.length, 1);
    await eventually(lab.positions, [777]);
    await type.selectOption('');
    await eventually(lab.positions, [777, 778]);
    await stream.fill('no such stream');
    await lab.panes.log.getByText(lab.say('log.nothing_matches')).waitFor();
    await lab.panes.log.getByRole('button', { name: lab.say('log.clear_filter') }).click();
    await eventually(lab.length, COUNT);
    assert.equal(await stream.inputValue(), '');
    assert.equal(await page.getByRole('row').count() < ROWS_MAX, true);
    await close();
  });

  test('new events arrive without moving what somebody reads', async () => {
    const { lab, close } = await open();
    await lab.modelsAt(COUNT);
    await scrollTo(lab, 0.5);
    await eventually(async () => (await seen(lab)).every(Boolean), true);
    const place = async () => ({ scrollTop: await lab.grid.evaluate((grid) => grid.scrollTop), seen: await seen(lab) });
    const before = await place();
    await lab.create();
    await lab.send('pay');
    await eventually(lab.length, COUNT + 2);
    assert.deepEqual(await place(), before);
    const more = lab.panes.log.getByRole('button', { name: lab.say('log.new_events.other', { count: 2 }) });
    await more.click();
    await eventually(async () => (await seen(lab)).at(-1), COUNT + 2);
    await eventually(() => more.count(), 0);
    await lab.send('ship');
    await eventually(async () => (await seen(lab)).at(-1), COUNT + 3, 'the end is followed');
    await close();
  });

  test('the details of a row open and close with the keyboard', async () => {
    const { page, lab, close } = await open();
    await eventually(lab.length, COUNT);
    await lab.grid.focus();
    await page.keyboard.press('Home');
    await eventually(() => active(lab), '1');
    await page.keyboard.press('Enter');
    const row = lab.row(1);
    await eventually(() => row.getAttribute('aria-expanded'), 'true');
    const details = await row.textContent();
    for (const part of [`order-${orderAt(1)}`, '00000000-0000-7000-8100-000000000001', '"customer":"Customer 1"']) {
      assert.ok(details.includes(part), `${part} in ${details}`);
    }
    await page.keyboard.press('ArrowDown');
    await eventually(() => active(lab), '2');
    await page.keyboard.press('Escape');
    await eventually(() => row.getAttribute('aria-expanded'), 'false');
    await close();
  });
});

const scrollTo = (lab, part) => lab.grid.evaluate((grid, part) => {
  grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * part;
}, part);

/** The position in the row where the keyboard is. */
const active = (lab) => lab.grid.evaluate((grid) =>
  document.getElementById(grid.getAttribute('aria-activedescendant'))?.firstElementChild.textContent ?? '');

/** The positions of the rows that can be seen whole; NaN for one that is still being read. */
const seen = (lab) => lab.grid.evaluate((grid) => {
  const [head, ...rows] = grid.querySelectorAll('[role=row]');
  const top = head.getBoundingClientRect().bottom;
  const { bottom } = grid.getBoundingClientRect();
  const inView = rows.filter((row) => {
    const box = row.getBoundingClientRect();
    return box.top >= top - 1 && box.bottom <= bottom + 1;
  });
  return inView.map((row) => (row.querySelector('[aria-busy]') ? NaN : Number(row.firstElementChild.textContent.replaceAll(',', ''))));
});
