// Orders without a conductor in the page: services that react to each other, what they said put together, and a
// person who sees to what was given up.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { axeFindings, eventually, startSite, untilMounted } from './support.mjs';

const board = (page) => page.locator('.sagas');
const said = (page) => board(page).locator('.reacted').first().locator('.reacted__fact').allInnerTexts();
const last = async (page) => (await said(page)).at(-1)?.split(/\s+/).at(-1);

/** Lets nobody conduct the orders that come. */
async function byReactors({ page, lab }) {
  await lab.create();
  const way = board(page).getByRole('switch', { name: lab.say('sagas.by_reactors') });
  await way.press('Enter');
  await eventually(() => way.getAttribute('aria-checked'), 'true');
  return way;
}

describe('reactors', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('an order goes its way without a conductor, beside one that has one, and survives a reload', async () => {
    const { page, lab, close } = await openLab(site);
    const way = await byReactors({ page, lab });
    await lab.create();
    await eventually(() => last(page), 'CustomerTold');
    assert.equal((await said(page)).length, 8);
    const saga = board(page).getByRole('switch', { name: lab.say('sagas.by_saga') });
    await saga.click();
    await eventually(() => way.getAttribute('aria-checked'), 'false', 'an order goes one way');
    await lab.create();
    await eventually(() => board(page).locator('.saga__state').allTextContents(), [lab.say('saga_state.completed')]);
    await page.reload();
    await lab.ready();
    await eventually(() => last(page), 'CustomerTold', 'the board is as it was');
    await close();
  });

  test('a reactor is killed and built again, by keyboard alone, and the order goes on', async () => {
    const { page, lab, close } = await openLab(site);
    await byReactors({ page, lab });
    const payment = { service: lab.say('service.payment') };
    const press = (key) => board(page).getByRole('button', { name: lab.say(key, payment) }).press('Enter');
    await press('sagas.kill_reactor');
    await board(page).getByRole('button', { name: lab.say('sagas.restart_reactor', payment) }).waitFor();
    await lab.create();
    await eventually(() => last(page), 'StockReserved', 'nobody listens');
    await press('sagas.restart_reactor');
    await eventually(() => last(page), 'CustomerTold', 'it was not forgotten');
    await close();
  });

  test('what a reactor gave up waits for a person, who can have it tried again', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await board(page).getByRole('switch', { name: lab.say('sagas.by_saga') }).click();
    await lab.create();
    await eventually(() => board(page).locator('.saga__state').allTextContents(), [lab.say('saga_state.completed')]);
    const step = (name) => board(page).getByRole('button', { name: new RegExp(name) }).first();
    const troubles = (name, key) => board(page).getByRole('group', { name: new RegExp(name) })
      .getByRole('button', { name: key, exact: true });
    await step('CreateShipment').click();
    await troubles('CreateShipment', lab.say('fault.refuse')).click();
    await step('ProcessPayment').click();
    await board(page).getByRole('combobox', { name: lab.say('sagas.often') }).selectOption('always');
    await troubles('RefundPayment', lab.say('fault.service_unavailable')).click();
    await board(page).getByRole('switch', { name: lab.say('sagas.by_reactors') }).click();
    await lab.create();
    await eventually(() => last(page), 'PaymentNotRefunded');
    await troubles('RefundPayment', lab.say('sagas.calm')).click();
    await board(page).getByRole('button', { name: lab.say('sagas.retry') }).press('Enter');
    await eventually(() => last(page), 'OrderDropped');
    await close();
  });

  test('axe finds nothing, in both languages, light and dark', async () => {
    for (const [language, theme] of [['en', 'light'], ['es', 'dark']]) {
      const { page, close } = await site.openPage({ hash: '#/s/32', language, theme });
      await untilMounted(page);
      await eventually(() => board(page).locator('.saga').count(), 1);
      await page.keyboard.press('End');
      await eventually(() => last(page), 'OrderDropped');
      assert.deepEqual(await axeFindings(page), []);
      await close();
    }
  });
});
