// Read models: right, made again from the log at will, and standing still where they cannot go on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { history, putIntoLog, record, recordsOf, sealed, storedEvents } from './database.mjs';
import { minorUnits, openLab } from './lab.mjs';
import { eventually, longTasks, notingLongTasks, startSite } from './support.mjs';

const MODELS = ['model.order_details', 'model.customer_orders', 'model.sales_dashboard'];

describe('read models', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('the sales figures follow a small history', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await lab.send('ship');
    await lab.create();
    await lab.send('pay');
    await lab.send('cancel');
    await lab.create();
    await lab.create();
    await lab.modelsAt(8);
    await eventually(async () => (await lab.sales()).upTo, '8');
    const totals = (await storedEvents(page)).filter((event) => event.type === 'OrderCreated').map((event) => event.data.total);
    const sales = await lab.sales();
    assert.deepEqual(sales.counts, { pending: 2, paid: 0, shipped: 1, delivered: 0, cancelled: 1 });
    assert.equal(minorUnits(sales.revenue), totals[0], 'a cancelled order leaves no money');
    assert.equal(sales.cancelled, '25%');
    await close();
  });

  test('they catch up with a log that they never saw', async (t) => {
    const count = 6_000;
    const prepare = (page) => putIntoLog(page, sealed(history(count)));
    const { page, lab, close } = await openLab(site, { prepare, init: notingLongTasks });
    await lab.modelsAt(count);
    t.diagnostic(`longest task while catching up ${await longTasks(page)} ms`);
    await eventually(async () => (await lab.sales()).counts.paid, count / 2);
    await lab.panes.orders.getByText(lab.say('count.orders.other', { count: '3,000' })).waitFor();
    await close();
  });

  test('a rebuilt model ends with the same figures and touches no event', async () => {
    const count = 5_000;
    const { page, lab, close } = await openLab(site, { prepare: (page) => putIntoLog(page, sealed(history(count))) });
    await lab.modelsAt(count);
    await eventually(async () => (await lab.sales()).upTo, '5,000');
    const before = { sales: await lab.sales(), orders: await lab.orders(), rows: await recordsOf(page, 'rows') };
    const log = await recordsOf(page, 'log');
    for (const key of MODELS) {
      const model = lab.say(key);
      const button = lab.panes.models.getByRole('button', { name: lab.say('models.rebuild_model', { model }) });
      const progress = notedProgress(page, model);
      await button.click();
      await eventually(() => lab.live.textContent(), lab.say('models.rebuilt', { model }));
      const places = await progress();
      assert.ok(places.some((place) => place.includes('behind')), `${model} showed how far it was: ${places}`);
      await lab.modelsAt(count);
    }
    await eventually(async () => ({ sales: await lab.sales(), orders: await lab.orders(), rows: await recordsOf(page, 'rows') }), before);
    assert.deepEqual(await recordsOf(page, 'log'), log);
    await close();
  });

  test('a malformed event stops the models with a reason, and the log still shows it', async () => {
    const events = history(4);
    events[2] = { ...events[2], data: { customer: 'no items, no total' } };
    const { lab, close } = await openLab(site, { prepare: (page) => putIntoLog(page, [record(events)]) });
    await eventually(lab.length, 4);
    await eventually(async () => (await lab.row(3).textContent()).includes('no items, no total'), true);
    const stopped = lab.panes.models.getByText(lab.say('models.stopped', { reason: '' }).trim());
    await eventually(() => stopped.count(), MODELS.length);
    const [reason] = await stopped.allTextContents();
    assert.match(reason, /OrderCreated.*'items' is missing/);
    assert.match((await lab.models())[0], /behind/);
    await close();
  });

  test('a type of event that nobody here knows is shown raw and harms nothing', async () => {
    const events = history(3);
    events[2] = { ...events[2], type: 'OrderGiftWrapped', schema: 7, data: { paper: 'blue' }, version: 3, stream: events[0].stream };
    const { lab, close } = await openLab(site, { prepare: (page) => putIntoLog(page, [record(events)]) });
    await eventually(lab.length, 3);
    await eventually(async () => /OrderGiftWrapped.*\{"paper":"blue"\}/.test(await lab.row(3).textContent()), true);
    await lab.modelsAt(3);
    await eventually(async () => (await lab.sales()).counts.paid, 1);
    await close();
  });
});

/** Notes what the gauge of a model says until it is asked for. */
function notedProgress(page, model) {
  const noting = page.evaluate((model) => {
    const gauge = [...document.querySelectorAll('progress')].find((gauge) => gauge.getAttribute('aria-label') === model);
    window.places = [];
    new MutationObserver(() => window.places.push(gauge.getAttribute('aria-valuetext')))
      .observe(gauge, { attributes: true, attributeFilter: ['aria-valuetext'] });
  }, model);
  return async () => {
    await noting;
    return page.evaluate(() => window.places);
  };
}
