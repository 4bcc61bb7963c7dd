// Sagas in the page: orders that are fulfilled by themselves, trouble at their steps, and a person who sees to
// what was given up.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

/** The form that sets something at a service, opened. */
async function settingOf({ page, lab }, service) {
  const named = { service: lab.say(`service.${service}`) };
  const open = board(page).getByRole('button', { name: lab.say('sagas.set_service', named) });
  if (await open.getAttribute('aria-expanded') !== 'true') await open.click();
  return board(page).getByRole('form', { name: lab.say(`setting.${service}`, named) });
}

/** What can go wrong with requests of a name, once their step is chosen. */
const requests = (page, name) => board(page).getByRole('group', { name: new RegExp(name) });

/** Lets something happen to them, as often as is chosen. */
async function arm({ page, lab }, name, fault, often = 'next') {
  await board(page).getByRole('combobox', { name: lab.say('sagas.often') }).selectOption(often);
  await requests(page, name).getByRole('button', { name: lab.say(`fault.${fault}`), exact: true }).click();
}

/** Of the next order the money is taken, the parcel cannot be packed, and the refund is given up. */
async function giveUpRefund({ page, lab }) {
  await step(page, 'CreateShipment').click();
  await arm({ page, lab }, 'CreateShipment', 'refuse');
  await step(page, 'ProcessPayment').click();
  await arm({ page, lab }, 'RefundPayment', 'service_unavailable', 'always');
  await lab.create();
  await eventually(async () => (await states(page))[0], lab.say('saga_state.needs_attention'));
  await step(page, 'ProcessPayment').click();
}

/** Creates an order for one piece of a product. */
async function orderOne({ lab }, product, customer = 'Ana') {
  await lab.oneItem();
  await lab.fill({ customer, 'items[0].product': product, 'items[0].quantity': '1' });
  return lab.create();
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
    await giveUpRefund({ page, lab });
    await requests(page, 'RefundPayment').getByRole('button', { name: lab.say('sagas.calm') }).click();
    await board(page).getByRole('button', { name: lab.say('sagas.retry') }).click();
    await eventually(async () => (await states(page))[0], lab.say('saga_state.compensated'));
    await close();
  });

  test('a person settles by hand what was given up, and says what was done', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    await giveUpRefund(opened);
    const note = board(page).getByLabel(lab.say('sagas.settle_note'));
    await note.press('Enter');
    assert.equal(await note.evaluate((field) => field.validity.valueMissing), true, 'nothing is settled without a word');
    await note.fill('Paid back in cash');
    await note.press('Enter');
    await eventually(async () => (await states(page))[0], lab.say('saga_state.settled'));
    assert.equal(await board(page).getByText(lab.say('sagas.needs_person')).count(), 0);
    await close();
  });

  test('faults go by amounts: the next so many times, by chance, so slow, and the step says so', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    await step(page, 'ReserveInventory').click();
    await board(page).getByLabel(lab.say('picture.amount.times'), { exact: true }).fill('2');
    const [fault, times] = [lab.say('fault.service_unavailable'), lab.say('picture.times.next_few', { count: 2 })];
    const said = await lab.announced(() => arm(opened, 'ReserveInventory', 'service_unavailable'));
    assert.equal(said, lab.say('moment.service_fault_armed', { point: 'ReserveInventory', times, fault }));
    assert.equal(await page.evaluate(() => document.activeElement.textContent), fault, 'the focus stays');
    await eventually(async () => (await step(page, 'ReserveInventory').innerText()).includes(`${fault}, ${times}`), true);
    await lab.create();
    await eventually(() => states(page), Array(2).fill(lab.say('saga_state.completed')));
    const attempts = board(page).locator('.saga').first().locator('.saga__step').filter({ hasText: 'ReserveInventory' });
    assert.match(await attempts.innerText(), new RegExp(lab.say('sagas.attempts', { count: 3 })), 'twice in vain');
    await board(page).getByLabel(lab.say('picture.amount.slow'), { exact: true }).fill('1234');
    await lab.announced(() => arm(opened, 'ReserveInventory', 'slow', 'chance'));
    await board(page).getByLabel(lab.say('picture.amount.percent'), { exact: true }).fill('100');
    await lab.announced(() => arm(opened, 'ReserveInventory', 'duplicate', 'chance'));
    const waits = `${lab.say('fault.slow')}, ${lab.say('picture.times.chance')}`;
    await eventually(async () => (await step(page, 'ReserveInventory').innerText()).includes(waits), true, 'the first that waits');
    await close();
  });

  test('a fault that is armed while a saga runs hits the step that comes', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    const transport = (key) => page.getByRole('button', { name: lab.say(`transport.${key}`), exact: true }).first();
    const asked = async () => /Reserve/.test(await board(page).locator('.saga__leg--requested').allTextContents());
    await lab.button('create').waitFor();
    await page.getByRole('combobox', { name: lab.say('transport.speed') }).selectOption({ label: '8×' });
    await lab.button('create').click();
    await eventually(asked, true, 'it waits for its first step');
    await transport('pause').click();
    await step(page, 'CreateShipment').click();
    await lab.announced(() => arm(opened, 'CreateShipment', 'refuse'));
    assert.deepEqual(await states(page), [lab.say('saga_state.in_progress')]);
    const end = page.getByRole('button', { name: lab.say('transport.end') });
    await eventually(async () => {
      if (await end.getAttribute('aria-disabled') !== 'true') await end.dispatchEvent('click');
      return states(page);
    }, [lab.say('saga_state.compensated')]);
    assert.equal(await page.getByRole('combobox', { name: lab.say('branch.label') }).locator('option').count(), 1, 'on the same branch');
    await close();
  });

  test('a service is killed and built again on the board: what waited for it is done then', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    const named = { service: lab.say('service.notification') };
    await board(page).getByRole('button', { name: lab.say('sagas.kill_service', named) }).press('Enter');
    const restart = board(page).getByRole('button', { name: lab.say('sagas.restart_service', named) });
    await restart.waitFor();
    assert.equal(await restart.evaluate((button) => document.activeElement === button), true, 'the focus stays');
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.needs_attention')]);
    assert.match(await held(page, lab, 'notification'), new RegExp(`${lab.say('holding.letters')} 0`));
    await restart.press('Enter');
    await eventually(() => states(page), [lab.say('saga_state.completed')], 'its requests had not been lost');
    assert.match(await held(page, lab, 'notification'), new RegExp(`${lab.say('holding.letters')} 1`));
    await close();
  });

  test('protections are switched off and on, are on the tape, and the customer hears twice without one', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    const way = (key) => board(page).getByRole('switch', { name: lab.say(`sagas.${key}`) });
    for (const key of ['idempotency', 'semantic_lock', 'pure_domain']) {
      await way(key).press('Enter');
      await eventually(() => way(key).getAttribute('aria-checked'), 'false', key);
      const word = lab.say(`moment.${key}_off`);
      await eventually(async () => (await page.locator('.moment-now').textContent()).includes(word), true, word);
    }
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    await step(page, 'SendConfirmation').click();
    await arm(opened, 'SendConfirmation', 'duplicate');
    await lab.create();
    await eventually(() => states(page), Array(2).fill(lab.say('saga_state.completed')));
    await eventually(async () => (await held(page, lab, 'notification')).includes(`${lab.say('holding.letters')} 3`), true);
    await page.reload();
    await lab.ready();
    for (const key of ['idempotency', 'semantic_lock', 'pure_domain']) {
      await eventually(() => way(key).getAttribute('aria-checked'), 'false', key);
      await way(key).press('Enter');
      await eventually(() => way(key).getAttribute('aria-checked'), 'true', key);
    }
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

  test('stock is set on the board, by keyboard, and of two orders for the last piece one is refused', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    const form = await settingOf(opened, 'inventory');
    const [product, stock] = ['product', 'stock'].map((key) => form.getByLabel(lab.say(`setting.${key}`), { exact: true }));
    await product.fill('Moka');
    await stock.fill('few');
    await stock.press('Enter');
    await eventually(() => stock.getAttribute('aria-invalid'), 'true');
    await form.getByText(lab.say('problem.not_a_whole_number')).waitFor();
    assert.equal(await stock.evaluate((field) => document.activeElement === field), true, 'the focus is where it is wrong');
    await stock.fill('1');
    const said = lab.say('moment.service_set', { service: lab.say('service.inventory'), name: 'Moka', amount: 1 });
    assert.equal(await lab.announced(() => stock.press('Enter')), said);
    await eventually(async () => /Moka 1\b/.test(await held(page, lab, 'inventory')), true);
    assert.equal(await stock.evaluate((field) => document.activeElement === field), true, 'and stays for the next');
    await lab.openForm();
    await orderOne(opened, 'Moka');
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    await orderOne(opened, 'Moka', 'Ben');
    await eventually(async () => (await states(page))[0], lab.say('saga_state.compensated'));
    await board(page).locator('.saga__reason').getByText(lab.say('step_reason.not_enough_stock')).waitFor();
    assert.match(await held(page, lab, 'inventory'), /Moka 0/);
    await close();
  });

  test('a card is declined and an address is lost on the board, and the order turns back for it', async () => {
    const opened = await openLab(site);
    const { page, lab, close } = opened;
    await bySaga(opened);
    await lab.openForm();
    const reason = async (key) => {
      await eventually(async () => (await states(page))[0], lab.say('saga_state.compensated'));
      await board(page).locator('.saga__reason').first().getByText(lab.say(`step_reason.${key}`)).waitFor();
    };
    const act = async (service, customer, key) => {
      const form = await settingOf(opened, service);
      await form.getByLabel(lab.say('setting.customer')).fill(customer);
      await lab.announced(() => form.getByRole('button', { name: lab.say(key) }).click());
    };
    await act('payment', 'Ben', 'setting.decline');
    await eventually(async () => (await held(page, lab, 'payment')).includes(
      `${lab.say('setting.card', { name: 'Ben' })} ${lab.say('setting.declined')}`), true);
    await orderOne(opened, 'Chai', 'Ben');
    await reason('card_declined');
    await act('shipping', 'Ana', 'setting.lose');
    await orderOne(opened, 'Chai', 'Ana');
    await reason('address_missing');
    await act('shipping', 'Ana', 'setting.find');
    await orderOne(opened, 'Chai', 'Ana');
    await eventually(async () => (await states(page))[0], lab.say('saga_state.completed'));
    const form = await settingOf(opened, 'payment');
    await form.getByLabel(lab.say('setting.limit')).fill('-1');
    await form.getByRole('button', { name: lab.say('setting.set_limit') }).click();
    await form.getByText(lab.say('problem.not_an_amount')).waitFor();
    await page.reload();
    await lab.ready();
    await eventually(async () => (await held(page, lab, 'payment')).includes(lab.say('setting.declined')), true, 'it is on the tape');
    await close();
  });

  const diagram = (page, lab) => board(page).getByRole('group', { name: starting(lab.say('sequence.title', { saga: '' })) });
  const starting = (words) => new RegExp(`^${words.trim()}`);
  const rows = (page) => board(page).locator('.sequence__rows').getByRole('button');
  const isAt = async (page, moment) => (await page.locator('.moment-now__caption').textContent()).includes(` ${moment} `);

  test('the run of a saga is a diagram: every message leads to its moment, and the past shows the past', async () => {
    const { page, lab, close } = await openLab(site);
    await bySaga({ page, lab });
    await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    await board(page).locator('.saga__open').click();
    await diagram(page, lab).waitFor();
    const whole = await rows(page).count();
    assert.equal(whole, 18, 'eight requests, eight answers, a beginning and an end');
    const charge = board(page).getByRole('button', { name: /: ProcessPayment$/ });
    const moment = Number(await charge.getAttribute('data-moment'));
    const tall = await board(page).locator('.sequence__rows').boundingBox();
    await charge.focus();
    await page.keyboard.press('Enter');
    await eventually(() => isAt(page, moment), true, 'the playhead is there');
    const shown = await rows(page).count();
    assert.ok(shown < whole, 'what comes later is not shown');
    assert.equal((await board(page).locator('.sequence__rows').boundingBox()).height, tall.height, 'and nothing moves');
    const focused = () => page.evaluate(() => document.activeElement.dataset.moment);
    assert.equal(await focused(), String(moment), 'the focus stays');
    await page.keyboard.press('ArrowUp');
    assert.ok(Number(await focused()) < moment, 'the arrows go from row to row');
    assert.ok(await isAt(page, moment), 'and do not move the playhead');
    await page.keyboard.press('End');
    await close();
  });

  test('the diagram is saved as a picture and as Mermaid, and the files bear the order', async () => {
    const { page, lab, close } = await openLab(site);
    await bySaga({ page, lab });
    const order = await lab.create();
    await eventually(() => states(page), [lab.say('saga_state.completed')]);
    await board(page).locator('.saga__open').click();
    for (const [key, ending, begins] of [['sequence.save_svg', 'svg', '<svg xmlns='], ['sequence.save_mermaid', 'mmd', 'sequenceDiagram\n']]) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        board(page).getByRole('button', { name: lab.say(key), exact: true }).click(),
      ]);
      assert.equal(file.suggestedFilename(), `hindsight-saga-${order.slice(-4)}.${ending}`);
      const text = readFileSync(await file.path(), 'utf8');
      assert.ok(text.startsWith(begins), text.slice(0, 80));
      if (ending !== 'svg') continue;
      // Whatever reads it reads it by the rules of XML.
      const reader = await page.context().newPage();
      const wrong = await reader.evaluate((svg) =>
        new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent, text);
      assert.equal(wrong, undefined);
      await reader.close();
    }
    await close();
  });

  test('the states say in words where a saga is, where it came from, and where it can go', async () => {
    const { page, close } = await site.openPage({ hash: '#/s/27' });
    await untilMounted(page);
    await eventually(() => board(page).locator('.saga').count(), 1);
    await page.keyboard.press('End');
    await eventually(() => board(page).locator('.saga').count(), 2);
    await board(page).locator('.saga__open').first().click();
    const machine = board(page).getByRole('img');
    const say = words('en');
    const state = (key) => say(`saga_state.${key}`);
    const expected = [
      `${say('machine.title')}: ${state('needs_attention')}.`,
      say('machine.came', { states: [state('not_started'), state('in_progress'), state('compensating')].join(', ') }),
      say('machine.goes', { states: ['in_progress', 'completed', 'compensating', 'compensated', 'settled'].map(state).join(', ') }),
    ].join(' ');
    assert.equal(await machine.getAttribute('aria-label'), expected);
    await close();
  });

  test('on a phone only the diagram scrolls sideways, not the page', async () => {
    const { page, close } = await site.openPage({ hash: '#/s/27', size: { width: 390, height: 844 } });
    await untilMounted(page);
    await eventually(() => board(page).locator('.saga').count(), 1);
    await page.keyboard.press('End');
    await board(page).locator('.saga__open').first().click();
    const room = board(page).locator('.sequence');
    await room.waitFor();
    const [inner, outer] = await room.evaluate((room) => [room.scrollWidth - room.clientWidth, document.documentElement.scrollWidth - innerWidth]);
    assert.ok(inner > 100, 'the diagram is wider than the phone');
    assert.ok(outer <= 0, 'the page is not');
    await close();
  });

  test('the box of sagas in the picture says what they are at, and leads to the board with one of them open', async () => {
    const { page, close } = await site.openPage({ hash: '#/s/27' });
    const say = words('en');
    await untilMounted(page);
    await eventually(() => board(page).locator('.saga').count(), 1);
    await page.keyboard.press('End');
    await eventually(() => board(page).locator('.saga').count(), 2);
    const box = page.locator('.picture__drawing').getByRole('button', { name: new RegExp(`^${say('picture.saga')}, ${say('saga_state.needs_attention')}, ProcessPayment`) });
    await box.dispatchEvent('click');
    const open = page.locator('#pane-moment').getByRole('button', { name: say('part.open', { pane: say('sagas.title') }), exact: true });
    await open.click();
    const focused = () => page.evaluate(() => [document.activeElement.className, document.activeElement.getAttribute('aria-expanded')]);
    await eventually(focused, ['saga__open', 'true'], 'the saga is open and has the focus');
    assert.equal(await board(page).locator('.sequence').count(), 1);
    // A moment of the other saga leads to that one.
    await page.keyboard.press('Escape');
    await board(page).locator('.saga__open').nth(1).click();
    const last = board(page).locator('.sequence__row').last();
    await last.focus();
    await last.press('Enter');
    await board(page).locator('.saga__open[aria-expanded=true]').click();
    await eventually(() => board(page).locator('.sequence').count(), 0);
    await page.locator('#pane-moment').locator('.inspector__back').click().catch(() => {});
    await open.click();
    await eventually(focused, ['saga__open', 'true']);
    await close();
  });

  test('requests that wait at a service are one bundle with their number, to be seen and to be heard', async () => {
    const { page, close } = await site.openPage({ hash: '#/s/31' });
    const say = words('en');
    await untilMounted(page);
    await eventually(() => board(page).locator('.saga').count(), 2);
    // Where the second of them has asked, the first has no answer yet.
    const asks = board(page).getByRole('button', { name: /: ReserveInventory$/ });
    const moments = [];
    for (const saga of [0, 1]) {
      await board(page).locator('.saga__open').nth(saga).click();
      await eventually(() => board(page).locator('.saga').nth(saga).locator('.sequence').count(), 1);
      moments.push(Number(await asks.getAttribute('data-moment')));
    }
    if (moments[0] > moments[1]) await board(page).locator('.saga__open').first().click();
    const second = board(page).locator(`.sequence__row[data-moment="${Math.max(...moments)}"]`);
    await second.focus();
    await second.press('Enter');
    const drawing = page.locator('.picture__drawing');
    const both = drawing.getByRole('button', { name: new RegExp(`^${say('service.inventory')}.*, ${say('picture.waiting.other', { count: 2 })}`) });
    await eventually(() => both.count(), 1);
    assert.equal(await drawing.locator('.picture__soft--strong').filter({ hasText: /^2$/ }).count(), 1);
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
      await board(page).locator('.saga__open').first().click();
      await board(page).locator('.sequence__row').first().waitFor();
      assert.equal(await board(page).getByText(words(language)('sagas.needs_person')).count(), 1);
      assert.deepEqual(await axeFindings(page), []);
      await close();
    }
  });
});
