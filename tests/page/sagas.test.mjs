// Sagas in the page: orders that are fulfilled by themselves, trouble at their steps, and a person who sees to
// what was given up.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { axeFindings, eventually, startSite, untilMounted, words } from './support.mjs';

const board = (page) => page.locator('.sagas');
const step = (page, name) => board(page).getByRole('button', { name: new RegExp(name) }).first();
const states = (page) => board(page).locator('.saga__state').allTextContents();

/** Lets a saga fulfil the orders that come. */
async function bySaga({ page, lab }) {
  await lab.create();
  const way = board(page).getByRole('switch', { name: lab.say('sagas.by_saga') });
  await way.click();
  await eventually(() => way.getAttribute('aria-checked'), 'true');
}

/** What a service says that it holds. */
async function held(page, lab, service) {
  const box = board(page).getByRole('listitem').filter({ hasText: lab.say(`service.${service}`) });
  return (await box.locator('dl').first().innerText()).replaceAll(/\s+/g, ' ');
}

describe('sagas', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('an order is reserved, charged, shipped and told of, and survives a reload', async () => {
    const { page, lab, close } = await openLab(site);
    await bySaga({ page, lab });
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    assert.match(await held(page, lab, 'shipping'), new RegExp(`${lab.say('holding.handed_over')} 1`));
    assert.match(await held(page, lab, 'notification'), new RegExp(`${lab.say('holding.letters')} 1`));
    await page.locator('.picture').getByText(lab.say('service.payment'), { exact: true }).first().waitFor();
    await page.reload();
    await lab.ready();
    await eventually(() => states(page), [lab.say('saga_state.completed')], 'the board is as it was');
    await close();
  });

  test('what is chosen at a step happens, and a person can have it tried again', async () => {
    const { page, lab, close } = await openLab(site);
    await bySaga({ page, lab });
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    const refuse = (name, key) => board(page).getByRole('group', { name: new RegExp(`${name}`) })
      .getByRole('button', { name: key, exact: true });
    await step(page, 'CreateShipment').click();
    await refuse('CreateShipment', lab.say('fault.refuse')).click();
    await step(page, 'ProcessPayment').click();
    const always = lab.say('sagas.always', { fault: lab.say('fault.service_unavailable') });
    await refuse('RefundPayment', always).click();
    await lab.create();
    await eventually(async () => (await states(page))[0], lab.say('saga_state.needs_attention'));
    await step(page, 'ProcessPayment').click();
    await refuse('RefundPayment', lab.say('sagas.calm')).click();
    await board(page).getByRole('button', { name: lab.say('sagas.retry') }).click();
    await eventually(async () => (await states(page))[0], lab.say('saga_state.compensated'));
    await close();
  });

  test('the runner is killed and built again, by keyboard alone', async () => {
    const { page, lab, close } = await openLab(site);
    await bySaga({ page, lab });
    const press = (key) => board(page).getByRole('button', { name: lab.say(key) }).press('Enter');
    await press('sagas.kill_runner');
    await board(page).getByRole('button', { name: lab.say('sagas.restart_runner') }).waitFor();
    await lab.create();
    assert.deepEqual(await states(page), [], 'nobody begins a saga');
    await press('sagas.restart_runner');
    await eventually(() => states(page), [lab.say('saga_state.completed')], 'the order was not forgotten');
    await close();
  });

  test('axe finds nothing, in both languages, light and dark', async () => {
    for (const [language, colorScheme] of [['en', 'light'], ['es', 'dark']]) {
      const { page, close } = await site.openPage({ hash: '#/s/27', language, theme: colorScheme });
      await untilMounted(page);
      await eventually(() => board(page).locator('.saga').count(), 1);
      await page.keyboard.press('End');
      await eventually(() => board(page).locator('.saga').count(), 2);
      await step(page, 'ProcessPayment').click();
      assert.equal(await board(page).getByText(words(language)('sagas.needs_person')).count(), 1);
      assert.deepEqual(await axeFindings(page), []);
      await close();
    }
  });
});
