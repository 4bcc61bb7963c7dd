// The picture: every kind of part opens the inspector, by click and by Enter, and Escape leads back; and its
// trouble is made with the keyboard alone.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { axeFindings, eventually, startSite } from './support.mjs';

describe('in the picture', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  const inspector = (page) => page.locator('#pane-moment');
  const title = (page) => inspector(page).locator('h2');
  const named = (page, name) => page.locator('.picture__drawing').getByRole('button', { name }).first();
  const starting = (word) => new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
  const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.id);
  const step = (page, key) => page.getByRole('button', { name: key, exact: true }).evaluate((button) => button.click());

  /** Every kind of part: how its name begins, what the inspector says of it, and where it leads on. */
  const parts = (lab) => {
    const { say } = lab;
    return [
      { name: say('who.person', { number: 1 }), what: 'part.person.what', fact: 'part.under_way' },
      { name: say('picture.pipeline'), what: 'part.pipeline.what', fact: 'part.under_way' },
      { name: say('stage.retry'), what: 'stage.retry.meaning', fact: 'part.switched' },
      { name: say('picture.aggregate'), what: 'part.aggregate.what', fact: 'part.decider', opens: 'pane.order' },
      { name: say('picture.store'), what: 'part.store.what', fact: 'part.next', opens: 'pane.log' },
      { name: 'OrderCreated', what: 'part.event.what', fact: 'orders.column.version', opens: 'pane.order' },
      { name: say('model.sales_dashboard'), what: 'models.sales_dashboard.what', fact: 'part.checkpoint', opens: 'pane.read_models' },
    ];
  };

  for (const [how, open] of [
    ['a click', (box) => box.dispatchEvent('click')],
    ['Enter', async (box) => { await box.focus(); await box.press('Enter'); }],
  ]) {
    test(`every kind of part is opened by ${how}, and Escape leads back to it`, async () => {
      const { page, lab, close } = await openLab(site);
      await lab.create();
      await lab.send('pay');
      await lab.modelsAt(2);
      for (const { name, what, fact, opens } of parts(lab)) {
        const box = named(page, starting(name));
        const label = await box.getAttribute('aria-label');
        await box.focus();
        await open(box);
        await eventually(() => focused(page), 'title-moment', `${name}: its heading has the focus`);
        assert.match(await title(page).textContent(), starting(name));
        await inspector(page).getByText(lab.say(what), { exact: true }).waitFor();
        await inspector(page).getByText(lab.say(fact), { exact: true }).waitFor();
        await inspector(page).getByRole('button', { name: starting(lab.say('picture.trouble', { part: '' }).trimEnd()) }).waitFor();
        assert.ok(await inspector(page).getByRole('listitem').count() > 0, `${name}: it had moments`);
        if (opens) await inspector(page).getByRole('button', { name: lab.say('part.open', { pane: lab.say(opens) }), exact: true }).waitFor();
        await page.keyboard.press('Escape');
        await eventually(() => focused(page), label, `${name}: back where one was`);
        assert.equal(await title(page).textContent(), lab.say('inspector.title'));
      }
      await close();
    });
  }

  test('an event shows its data, and the state before and after with what is another marked', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await named(page, /^OrderPaymentConfirmed/).press('Enter');
    const table = inspector(page).getByRole('table');
    await table.waitFor();
    const head = await table.getByRole('columnheader').allTextContents();
    assert.deepEqual(head, [lab.say('state.before'), lab.say('state.after')]);
    assert.equal(await table.locator('del').first().textContent(), lab.say('status.pending'));
    assert.equal(await table.locator('ins').first().textContent(), lab.say('state.changed') + lab.say('status.paid'));
    assert.equal(await table.locator('ins').count(), 3, 'status, amount and payment’s id');
    assert.match(await inspector(page).locator('pre').first().textContent(), /^OrderPaymentConfirmed \{/);
    assert.deepEqual(await axeFindings(page), []);
    await close();
  });

  test('a projector’s moment shows the row of its read model before and after', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await lab.modelsAt(2);
    await named(page, starting(lab.say('model.order_details'))).press('Enter');
    const projected = inspector(page).getByRole('button', { name: /^\d+ .*2/ }).first();
    await projected.click();
    await page.keyboard.press('Escape');
    const rows = inspector(page).getByRole('table', { name: new RegExp(lab.say('model.order_details')) });
    await rows.waitFor();
    assert.equal(await rows.locator('del').first().textContent(), lab.say('status.pending'));
    await close();
  });

  test('a moment of a part leads there', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.modelsAt(1);
    await named(page, starting(lab.say('picture.aggregate'))).press('Enter');
    // By its number: the list follows the playhead, which may still be on its way.
    const last = inspector(page).getByRole('listitem').getByRole('button').first();
    const number = (await last.textContent()).match(/^\d+/)[0];
    await inspector(page).getByRole('listitem').getByRole('button', { name: new RegExp(`^${number} `) }).press('Enter');
    await eventually(async () => (await page.locator('.moment-now__caption').textContent()).includes(` ${number} `), true);
    await eventually(() => focused(page), 'title-moment');
    await close();
  });

  test('a behaviour is switched off and on, and a fault is armed as often as one likes, with the keyboard alone', async () => {
    const { page, lab, close } = await openLab(site);
    const menu = page.locator('#picture-menu');
    const retry = () => named(page, starting(lab.say('stage.retry')));
    await lab.create();
    for (const [key, way] of [['picture.trouble.off', 'Shift+F10'], ['picture.trouble.on', 'ContextMenu']]) {
      await retry().focus();
      await page.keyboard.press(way);
      const item = menu.getByRole('button', { name: lab.say(key, { part: lab.say('stage.retry') }), exact: true });
      await eventually(() => item.evaluate((item) => item === document.activeElement), true);
      await page.keyboard.press('Enter');
      const isOff = key === 'picture.trouble.off';
      await eventually(() => retry().evaluate((box) => box.classList.contains('picture__box--off')), isOff);
    }
    // The way from the inspector: a button that is to be seen.
    const store = named(page, starting(lab.say('picture.store')));
    await store.press('Enter');
    await inspector(page).getByRole('button', { name: lab.say('picture.trouble', { part: lab.say('picture.store') }) }).press('Enter');
    const times = menu.getByRole('spinbutton', { name: lab.say('picture.amount.times') });
    await times.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('4');
    const fails = `${lab.say('picture.point.append')}: ${lab.say('picture.fault.unavailable')}, ${lab.say('picture.times.next_few', { count: 4 })}`;
    await menu.getByRole('button', { name: fails, exact: true }).press('Enter');
    await inspector(page).getByText(fails, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => (await focused(page)).startsWith(lab.say('picture.store')), true);
    await close();
  });

  test('a command under way is opened by a click and by Enter, and killed by the menu key', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('deliver');
    const token = page.locator('.picture__token[role=button][aria-label^=DeliverOrder]');
    for (let back = 0; back < 30 && await token.count() === 0; back += 1) await step(page, lab.say('transport.back'));
    const label = await token.getAttribute('aria-label');
    for (const open of [() => token.dispatchEvent('click'), () => token.press('Enter')]) {
      await token.focus();
      await open();
      await eventually(() => focused(page), 'title-moment');
      assert.match(await title(page).textContent(), /^DeliverOrder/);
      await inspector(page).getByText(lab.say('part.command.what'), { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await eventually(() => focused(page), label, 'back where one was');
    }
    await page.keyboard.press('ContextMenu');
    const kill = page.locator('#picture-menu').getByRole('button', { name: starting(lab.say('picture.trouble.kill')) });
    await eventually(() => kill.evaluate((item) => item === document.activeElement), true);
    await page.keyboard.press('Enter');
    await page.getByText(lab.say('picture.note.killed', { command: 'DeliverOrder' })).waitFor();
    await close();
  });
});
