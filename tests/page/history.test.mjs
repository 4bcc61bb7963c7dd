// Looking back: any version of an order, and the addresses that lead there and nowhere.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { eventually, startSite, untilMounted, words } from './support.mjs';

const missing = '01890000-0000-7000-8000-00000000dead';

describe('looking back', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('the slider folds to any version by keyboard, says it in words and marks what changed', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    for (const kind of ['pay', 'ship']) await lab.send(kind);
    const look = looking(lab);
    await eventually(look.words, said(lab, 3, 3, 'OrderShipped'));

    await look.slider.focus();
    await page.keyboard.press('Home');
    await eventually(look.words, said(lab, 0, 3));
    await lab.panes.order.getByText(lab.say('order.nothing')).waitFor();
    await lab.panes.order.getByText(lab.say('order.past')).waitFor();

    await page.keyboard.press('ArrowRight');
    await eventually(look.words, said(lab, 1, 3, 'OrderCreated'));
    assert.ok((await look.marks()).includes(lab.say('status.pending')));

    await page.keyboard.press('ArrowRight');
    await eventually(look.words, said(lab, 2, 3, 'OrderPaymentConfirmed'));
    await eventually(async () => (await look.facts())[lab.say('fact.status')],
      `${lab.say('status.paid')} ${lab.say('order.was', { value: lab.say('status.pending') })}`);
    assert.equal(await look.slider.evaluate((slider) => slider === document.activeElement), true, 'the focus stays');

    await page.keyboard.press('End');
    await eventually(look.words, said(lab, 3, 3, 'OrderShipped'));
    await lab.panes.order.getByText(lab.say('order.follows')).waitFor();
    await close();
  });

  test('buttons and the stream lead to a version too', async () => {
    const { lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    const look = looking(lab);
    await eventually(look.words, said(lab, 2, 2, 'OrderPaymentConfirmed'));
    await lab.panes.order.getByRole('button', { name: lab.say('order.previous') }).click();
    await eventually(look.words, said(lab, 1, 2, 'OrderCreated'));
    const previous = lab.panes.order.getByRole('button', { name: lab.say('order.previous') });
    await previous.click();
    await eventually(look.words, said(lab, 0, 2));
    assert.equal(await previous.getAttribute('aria-disabled'), 'true');
    await lab.panes.order.getByRole('button', { name: /OrderPaymentConfirmed/ }).click();
    await eventually(look.words, said(lab, 2, 2, 'OrderPaymentConfirmed'));
    await close();
  });

  test('at the latest it follows new events, in the past it stays where it is', async () => {
    const { lab, close } = await openLab(site);
    await lab.create();
    const look = looking(lab);
    await eventually(look.words, said(lab, 1, 1, 'OrderCreated'));
    await lab.send('pay');
    await eventually(look.words, said(lab, 2, 2, 'OrderPaymentConfirmed'));
    await lab.panes.order.getByRole('button', { name: lab.say('order.previous') }).click();
    await eventually(look.words, said(lab, 1, 2, 'OrderCreated'));
    await lab.send('ship');
    await eventually(look.words, said(lab, 1, 3, 'OrderCreated'));
    await lab.panes.order.getByRole('button', { name: lab.say('order.to_latest') }).click();
    await eventually(look.words, said(lab, 3, 3, 'OrderShipped'));
    await close();
  });

  test('an unknown order in the address is named, with a way out', async () => {
    const strange = ['dead', missing, '<b>bold</b>', '../../etc', '🍵'];
    for (const order of strange) {
      const { page, lab, close } = await openLab(site, { hash: `#/lab/order/${encodeURIComponent(order)}` });
      const words = lab.say('failure.unknown_order', { order });
      await lab.panes.commands.getByText(words).waitFor();
      await lab.panes.order.getByText(words).waitFor();
      assert.equal(await page.locator('main b').count(), 0);
      await lab.panes.commands.getByRole('button', { name: lab.say('commands.unselect') }).click();
      await lab.panes.commands.getByText(lab.say('commands.no_order')).waitFor();
      assert.equal(new URL(page.url()).hash, '#/lab');
      await lab.create();
      await close();
    }
  });

  test('an unknown view is named, with a way to the lab', async () => {
    const say = words();
    for (const address of ['#/lap', '#/lab/orders', '#/lab?lang=xx', '#nothing', '#/lab/order/%F']) {
      const { page, close } = await site.openPage({ hash: address });
      await untilMounted(page);
      await page.getByRole('heading', { name: say('unknown.title') }).waitFor();
      await page.getByText(say('unknown.text', { address })).waitFor();
      assert.match(await page.title(), new RegExp(say('unknown.title')));
      await page.getByRole('link', { name: say('unknown.home') }).click();
      await page.getByRole('heading', { name: say('pane.commands') }).waitFor();
      await close();
    }
  });

  test('back and forward move through the selections', async () => {
    const { page, lab, close } = await openLab(site);
    const one = await lab.create();
    const other = await lab.create();
    const shows = (order) => eventually(async () => [lab.selected(), await page.title()],
      [order, order ? lab.say('page.title_order', { order: order.slice(-4) }) : lab.say('page.title')]);
    await shows(other);
    await page.goBack();
    await shows(one);
    await lab.panes.order.getByRole('heading', { name: lab.say('order.title', { order: one.slice(-4) }) }).waitFor();
    await page.goBack();
    await shows('');
    await page.goForward();
    await page.goForward();
    await shows(other);
    await lab.panes.order.getByRole('heading', { name: lab.say('order.title', { order: other.slice(-4) }) }).waitFor();
    await close();
  });

  test('a click on an order in the list or in the log selects it', async () => {
    const { lab, close } = await openLab(site);
    const one = await lab.create();
    const other = await lab.create();
    await eventually(async () => (await lab.orders()).length, 2);
    await lab.panes.orders.getByRole('link', { name: one.slice(-4) }).click();
    await eventually(async () => lab.selected(), one);
    await lab.row(2).getByRole('link').click();
    await eventually(async () => lab.selected(), other);
    await close();
  });
});

function looking(lab) {
  const slider = lab.panes.order.getByRole('slider', { name: lab.say('order.version') });
  return {
    slider,
    words: () => slider.getAttribute('aria-valuetext'),
    marks: () => lab.panes.order.locator('mark').allTextContents(),
    facts: () => lab.panes.order.locator('dl').last().evaluate((list) => Object.fromEntries(
      [...list.querySelectorAll('dt')].map((name) => [name.textContent, name.nextElementSibling.textContent]))),
  };
}

/** Where somebody stands, in words. */
function said(lab, version, latest, event = lab.say('order.version_zero')) {
  return `${lab.say('order.version_of', { version, latest })}: ${event}`;
}
