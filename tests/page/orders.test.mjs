// Placing an order: a command becomes an event or is refused where it was sent, and nothing typed is lost.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { storedEvents } from './database.mjs';
import { minorUnits, openLab } from './lab.mjs';
import { eventually, startSite } from './support.mjs';

describe('placing an order', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('one click makes an order', async () => {
    const { page, lab, close } = await openLab(site);
    const order = await lab.create();
    assert.match(order, /^[0-9a-f-]{36}$/);
    const values = { command: 'CreateOrder', event: 'OrderCreated', position: 1, order: order.slice(-4), version: 1 };
    assert.equal(await lab.sentence.textContent(), lab.say('happened.accepted', values));
    await eventually(lab.length, 1);
    const row = await lab.row(1).textContent();
    for (const part of ['OrderCreated', 'v1', order.slice(-4)]) assert.ok(row.includes(part), `${part} in ${row}`);
    await lab.modelsAt(1);
    await eventually(async () => (await lab.orders()).map(([name]) => name), [order.slice(-4)]);
    await lab.panes.order.getByRole('heading', { name: lab.say('order.title', { order: order.slice(-4) }) }).waitFor();
    const [event] = await storedEvents(page);
    assert.equal(event.stream, `order-${order}`);
    await close();
  });

  test('an order goes all the way: paid, shipped, delivered', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    for (const [at, kind] of ['pay', 'ship', 'deliver'].entries()) {
      await eventually(() => lab.isDashed(kind), false, `${kind} is offered`);
      await lab.send(kind);
      await eventually(lab.length, at + 2);
    }
    const types = (await storedEvents(page)).map((event) => event.type);
    assert.deepEqual(types, ['OrderCreated', 'OrderPaymentConfirmed', 'OrderShipped', 'OrderDelivered']);
    await lab.modelsAt(4);
    const [order] = await lab.orders();
    assert.ok(order.some((cell) => cell.includes(lab.say('status.delivered'))), `${order}`);
    await close();
  });

  test('a cancelled order stays cancelled', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('cancel');
    await eventually(lab.length, 2);
    await eventually(() => lab.isDashed('pay'), true, 'nothing more can happen to it');
    await lab.send('pay');
    await lab.panes.commands.getByText(lab.say('rejection.already_cancelled')).waitFor();
    assert.equal((await storedEvents(page)).length, 2);
    await close();
  });

  test('a dashed command is refused at its place, with the rule, and stores nothing', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await eventually(() => lab.isDashed('deliver'), true);
    const said = await lab.send('deliver');
    const rule = lab.say('rejection.not_shipped', { status: lab.say('status.pending') });
    assert.equal(said, lab.say('happened.rejected', { command: 'DeliverOrder', reason: rule }));
    const shown = lab.panes.commands.getByText(rule);
    await shown.waitFor();
    const [ship, words, cancel] = await Promise.all([lab.button('deliver'), shown, lab.button('cancel')].map((place) => place.boundingBox()));
    assert.ok(ship.y < words.y && words.y < cancel.y, 'the rule stands below its button');
    assert.equal((await storedEvents(page)).length, 1);
    assert.equal(await lab.length(), 1);
    await lab.modelsAt(1);
    await close();
  });

  test('sending the same again is already so', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.panes.commands.getByRole('button', { name: `${lab.say('commands.pay')}: ${lab.say('commands.edit')}` }).click();
    await lab.field('payment_id', 'ConfirmPayment').fill('PAY-1');
    await lab.send('pay');
    await eventually(lab.length, 2);
    await eventually(() => lab.isDashed('pay'), true);
    await lab.field('payment_id', 'ConfirmPayment').fill('PAY-1');
    const said = await lab.send('pay');
    const order = lab.selected().slice(-4);
    assert.equal(said, lab.say('happened.already_so', { command: 'ConfirmPayment', order, version: 2 }));
    assert.equal((await storedEvents(page)).length, 2);
    await close();
  });

  test('many clicks never send the same command twice', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.button('create').dblclick();
    await eventually(lab.offered, true);
    await lab.create();
    const events = await storedEvents(page);
    assert.ok(events.length >= 2, 'a click after the answer is another order');
    for (const name of ['stream', 'id', 'causation_id', 'correlation_id']) {
      assert.equal(new Set(events.map((event) => event[name])).size, events.length, name);
    }
    assert.ok(events.every((event) => event.version === 1));
    await close();
  });

  test('an edited order has the items that were typed', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.openForm();
    await lab.oneItem();
    await lab.panes.commands.getByRole('button', { name: lab.say('commands.add_item') }).click();
    await lab.fill({
      customer: 'Zoë',
      'items[0].product': 'Tea', 'items[0].quantity': '3', 'items[0].unit_price': '12.50',
      'items[1].product': 'Cups', 'items[1].quantity': '10000', 'items[1].unit_price': '0',
    });
    await lab.create();
    const [event] = await storedEvents(page);
    assert.deepEqual(event.data, {
      customer: 'Zoë',
      items: [
        { product: 'Tea', quantity: 3, unit_price: 1250 },
        { product: 'Cups', quantity: 10_000, unit_price: 0 },
      ],
      total: 3750,
    });
    await eventually(async () => minorUnits((await lab.orders())[0]?.[4] ?? '0.00'), 3750);
    await close();
  });

  test('wrong values are named at their fields, and nothing typed is lost', async () => {
    const { page, lab, close } = await openLab(site);
    const name = 'x'.repeat(10_000);
    const wrong = [
      [{ customer: '' }, lab.say('rejection.text_empty')],
      [{ customer: '   ' }, lab.say('rejection.text_empty')],
      [{ customer: name }, lab.say('rejection.text_too_long', { max: '200', length: '10,000' })],
      [{ 'items[0].product': '' }, lab.say('rejection.text_empty')],
      [{ 'items[0].quantity': '' }, lab.say('problem.not_a_whole_number')],
      [{ 'items[0].quantity': '0' }, lab.say('rejection.quantity_out_of_range', { max: '10,000', quantity: '0' })],
      [{ 'items[0].quantity': '10001' }, lab.say('rejection.quantity_out_of_range', { max: '10,000', quantity: '10,001' })],
      [{ 'items[0].quantity': '1e30' }, lab.say('problem.not_a_whole_number')],
      [{ 'items[0].quantity': '-3' }, lab.say('problem.not_a_whole_number')],
      [{ 'items[0].unit_price': '-3' }, lab.say('rejection.price_negative', { price: '\u22123.00' })],
      [{ 'items[0].unit_price': '1e30' }, lab.say('problem.not_an_amount')],
      [{ 'items[0].unit_price': '' }, lab.say('problem.not_an_amount')],
      [{ 'items[0].unit_price': '9'.repeat(40) }, lab.say('rejection.total_too_large', { max: '90,071,992,547,409.91' })],
    ];
    const right = { customer: 'Ana', 'items[0].product': 'Tea', 'items[0].quantity': '2', 'items[0].unit_price': '3.50' };
    await lab.openForm();
    await lab.oneItem();
    for (const [values, rule] of wrong) {
      const typed = { ...right, ...values };
      await lab.fill(typed);
      await lab.button('create').click();
      const [path] = Object.keys(values);
      await eventually(() => lab.problem(path), rule, `${path} = ${values[path].slice(0, 20)}`);
      assert.deepEqual(await lab.typed(Object.keys(typed)), typed);
      assert.equal((await storedEvents(page)).length, 0);
    }
    await lab.fill(right);
    assert.equal(await lab.problem('customer'), '');
    await lab.create();
    assert.equal((await storedEvents(page)).length, 1);
    await close();
  });

  test('all wrong fields are named at once, and the first takes the focus', async () => {
    const { lab, close } = await openLab(site);
    await lab.openForm();
    await lab.oneItem();
    await lab.fill({ customer: '', 'items[0].quantity': '0', 'items[0].unit_price': '-1' });
    await lab.button('create').click();
    await eventually(() => lab.problem('customer'), lab.say('rejection.text_empty'));
    assert.notEqual(await lab.problem('items[0].quantity'), '');
    assert.notEqual(await lab.problem('items[0].unit_price'), '');
    await eventually(() => lab.field('customer').evaluate((field) => field === document.activeElement), true);
    await close();
  });

  test('an order of no items and one of 101 are refused, one of 100 is not', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.openForm();
    await lab.oneItem();
    const pane = lab.panes.commands;
    await pane.getByRole('button', { name: lab.say('commands.remove_item', { number: 1 }), exact: true }).click();
    await lab.button('create').click();
    await eventually(() => pane.getByText(lab.say('rejection.no_items')).count().then(Boolean), true);
    const add = pane.getByRole('button', { name: lab.say('commands.add_item') });
    await add.evaluate((button) => {
      for (let item = 0; item < 101; item += 1) button.click();
    });
    await eventually(() => lab.field('items[100].product').count(), 1);
    await lab.button('create').click();
    await pane.getByText(lab.say('rejection.too_many_items', { max: 100, count: 101 })).first().waitFor();
    await pane.getByRole('button', { name: lab.say('commands.remove_item', { number: 101 }) }).click();
    await lab.create();
    const [event] = await storedEvents(page);
    assert.equal(event.data.items.length, 100);
    await close();
  });

  test('emoji, right-to-left text and markup are text, and stay what they are', async () => {
    const { page, lab, close } = await openLab(site);
    const names = ['👩‍👩‍👧‍👦🍵', 'שלום עולם', '<b>bold</b><img src=x onerror="window.intruder = true">', '{customer} %s \\u0000 "'];
    for (const [at, name] of names.entries()) {
      if (at === 0) await lab.openForm();
      await lab.oneItem();
      await lab.fill({ customer: name, 'items[0].product': name });
      await lab.create();
      await eventually(async () => (await lab.orders())[0]?.[1], name);
      const row = await lab.row(at + 1).textContent();
      assert.ok(row.includes(name), `${name} in ${row}`);
      await eventually(async () => (await lab.panes.order.textContent()).includes(name), true);
    }
    assert.deepEqual((await storedEvents(page)).map((event) => event.data.customer), names);
    assert.equal(await page.locator('main b, main img').count(), 0, 'no element was made of it');
    assert.equal(await page.evaluate(() => window.intruder), undefined);
    await close();
  });
});
