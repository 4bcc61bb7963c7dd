// The whole job without a mouse: keys, the order of Tab, dialogs, and what is said aloud.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { labOf, openLab } from './lab.mjs';
import { eventually, startSite, words } from './support.mjs';

describe('with the keyboard only', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('single letters create, pay, ship and deliver, and each answer is said aloud', async () => {
    const { page, lab, close } = await openLab(site);
    const press = (key) => lab.announced(() => page.keyboard.press(key));
    const events = { c: ['CreateOrder', 'OrderCreated'], p: ['ConfirmPayment', 'OrderPaymentConfirmed'], s: ['ShipOrder', 'OrderShipped'], d: ['DeliverOrder', 'OrderDelivered'] };
    for (const [at, [key, [command, event]]] of Object.entries(events).entries()) {
      const said = await press(key);
      const order = lab.selected().slice(-4);
      assert.equal(said, lab.say('happened.accepted', { command, event, order, position: at + 1, version: at + 1 }));
      await eventually(lab.length, at + 1);
      await eventually(lab.offered, true);
    }
    await eventually(() => lab.isDashed('cancel'), true);
    const said = await press('x');
    assert.equal(said, lab.say('happened.rejected', { command: 'CancelOrder', reason: lab.say('rejection.already_delivered') }));
    await close();
  });

  test('a letter for an order when none is selected says so', async () => {
    const { page, lab, close } = await openLab(site);
    assert.equal(await lab.announced(() => page.keyboard.press('p')), lab.say('commands.no_order'));
    await close();
  });

  test('the skip link comes first and leads to the commands; Tab and Enter do the rest', async () => {
    const { page, lab, close } = await openLab(site);
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), lab.say('page.skip'));
    assert.ok(await isFocusVisible(page), 'the skip link can be seen');
    await page.keyboard.press('Enter');
    await eventually(() => focused(page), lab.say('pane.commands'));
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), lab.say('commands.create'));
    await lab.announced(() => page.keyboard.press('Enter'));
    await eventually(lab.offered, true);
    await tabTo(page, lab.say('commands.pay'));
    await lab.announced(() => page.keyboard.press('Space'));
    await eventually(lab.length, 2);
    assert.equal(await focused(page), lab.say('commands.pay'), 'the focus stays');
    await close();
  });

  test('Tab reaches everything in the order in which it is read, and the focus can be seen', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await page.evaluate(() => document.activeElement.blur());
    const panes = [];
    for (let stop = 0; stop < 140; stop += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        return { isBody: element === document.body, pane: element.closest('header.header, section[id]')?.id ?? '' };
      });
      if (at.isBody) break;
      if (panes.at(-1) !== at.pane) panes.push(at.pane);
      assert.ok(await isFocusVisible(page), `the focus on "${await focused(page)}" can be seen`);
    }
    assert.deepEqual(panes.filter(Boolean), ['pane-commands', 'pane-picture', 'pane-orders', 'pane-log', 'pane-moment', 'pane-order', 'pane-read-models']);
    await close();
  });

  test('letters lead to each part, and the focus to its heading', async () => {
    const { page, lab, close } = await openLab(site);
    const order = await lab.create();
    const headings = {
      m: lab.say('pane.commands'), o: lab.say('pane.orders'), l: lab.say('pane.log'),
      i: lab.say('order.title', { order: order.slice(-4) }), r: lab.say('pane.read_models'),
    };
    for (const [key, heading] of Object.entries(headings)) {
      await page.keyboard.press(key);
      await eventually(() => focused(page), heading, key);
    }
    await page.keyboard.press('/');
    await eventually(() => page.evaluate(() => document.activeElement.id), 'log-filter');
    await close();
  });

  test('letters in a field are text', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.openForm();
    await lab.field('customer').fill('');
    await lab.field('customer').focus();
    await page.keyboard.type('cpsdx?');
    assert.equal(await lab.field('customer').inputValue(), 'cpsdx?');
    assert.equal(await lab.length(), 0);
    assert.equal(await lab.dialog('help.title').count(), 0);
    await close();
  });

  test('the help opens with ?, keeps the focus, closes with Esc and gives the focus back', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.button('create').focus();
    await page.keyboard.press('?');
    const dialog = lab.dialog('help.title');
    await dialog.waitFor();
    await eventually(() => focused(page), lab.say('help.title'));
    for (let stop = 0; stop < 6; stop += 1) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))), 'Tab stays inside');
    }
    await page.keyboard.press('c');
    await page.keyboard.press('Escape');
    await eventually(() => dialog.count(), 0);
    assert.equal(await focused(page), lab.say('commands.create'));
    assert.equal(await lab.length(), 0, 'a letter in the dialog is no command');
    await close();
  });

  test('letters can be switched off, and stay off', async () => {
    const { page, lab, close } = await openLab(site);
    await page.getByRole('button', { name: lab.say('page.help') }).click();
    const box = lab.dialog('help.title').getByRole('checkbox');
    await box.uncheck();
    await page.keyboard.press('Escape');
    await nextFrame(page);
    for (const key of ['c', '?']) await page.keyboard.press(key);
    await page.reload();
    await lab.ready();
    for (const key of ['c', '?']) await page.keyboard.press(key);
    assert.equal(await lab.dialog('help.title').count(), 0);
    await page.getByRole('button', { name: lab.say('page.help') }).click();
    assert.equal(await box.isChecked(), false);
    await box.check();
    await page.keyboard.press('Escape');
    await nextFrame(page);
    await page.keyboard.press('c');
    await eventually(lab.length, 1, 'only the letter after they were on again');
    await close();
  });

  test('on a phone the tabs move with the arrows, and a chosen order leads to its heading', async () => {
    const { page, lab, close } = await openLab(site, { size: 'phone' });
    const order = await lab.create();
    const tab = (pane) => page.getByRole('tab', { name: lab.say(pane), exact: true });
    await tab('pane.commands').focus();
    for (const pane of ['pane.orders', 'pane.order', 'pane.log', 'pane.picture', 'pane.commands']) {
      await page.keyboard.press('ArrowRight');
      await eventually(() => tab(pane).getAttribute('aria-selected'), 'true', pane);
      assert.equal(await focused(page), lab.say(pane));
      assert.equal(await page.getByRole('tabpanel').count(), 1);
    }
    await page.keyboard.press('r');
    await eventually(() => focused(page), lab.say('pane.read_models'));
    assert.equal(await tab('pane.orders').getAttribute('aria-selected'), 'true', 'they stand beneath the orders');
    await page.keyboard.press('o');
    await eventually(() => focused(page), lab.say('pane.orders'));
    const link = page.getByRole('tabpanel').getByRole('link', { name: order.slice(-4) });
    await link.focus();
    await page.keyboard.press('Enter');
    await eventually(() => focused(page), lab.say('order.title', { order: order.slice(-4) }));
    await close();
  });

  test('on a phone the picture comes first, and what begins everything is there', async () => {
    const { page, close } = await site.openPage({ size: 'phone' });
    const say = words();
    const tab = page.getByRole('tab', { name: say('pane.picture'), exact: true });
    await eventually(() => tab.getAttribute('aria-selected'), 'true');
    await page.getByRole('button', { name: say('commands.create'), exact: true }).click();
    await page.locator('.picture__tile[role=button]').first().waitFor();
    await page.locator('#pane-moment').waitFor({ state: 'visible' });
    await close();
  });

  test('a change of view leads the focus to its heading', async () => {
    const { page, lab, close } = await openLab(site);
    await page.evaluate(() => {
      location.hash = '#/nowhere';
    });
    await eventually(() => focused(page), lab.say('unknown.title'));
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), lab.say('unknown.home'));
    await page.keyboard.press('Enter');
    await eventually(() => focused(page), lab.say('lab.title'));
    await labOf(page).create();
    await close();
  });
});

/** The words on what has the focus, without what is added for a command that will be refused. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  return (element.getAttribute('aria-label') ?? element.textContent).split(',')[0].trim();
});

/** Presses Tab until something with these words has the focus. */
async function tabTo(page, name) {
  for (let stop = 0; stop < 40; stop += 1) {
    await page.keyboard.press('Tab');
    if (await focused(page) === name) return;
  }
  assert.fail(`Tab does not lead to ${name}`);
}

const nextFrame = (page) => page.evaluate(() => new Promise(requestAnimationFrame));

/** Whether what has the focus is in view, and it or a frame around it is outlined. */
const isFocusVisible = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const isInView = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const isOutlined = (element) => getComputedStyle(element).outlineStyle !== 'none'
    // A part of a drawing has its outline in its stroke.
    || (element instanceof SVGElement && getComputedStyle(element).stroke !== 'none');
  return isInView && element.matches(':focus-visible') && (isOutlined(element) || isOutlined(element.parentElement));
});
