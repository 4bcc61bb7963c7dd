// Two people before one order: each sees what they saw, one meets a conflict, looks again and goes on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { axeFindings, eventually, startSite } from './support.mjs';

const WIDE = { width: 1920, height: 1080 };

/** Two people in a lab: their panels by name, and what is seen in them. */
function peopleOf(lab) {
  const { page, say } = lab;
  const name = (number) => say('who.person', { number });
  const panel = (number) => page.getByRole('group', { name: name(number), exact: true });
  const insisting = (number) => panel(number).getByRole('switch');
  return {
    name,
    panel,
    insisting,
    second: page.getByRole('button', { name: say('commands.second') }),
    front: (number) => page.getByRole('group', { name: say('commands.people') }).getByRole('button', { name: name(number) }),
    button: (number, kind) => panel(number).getByRole('button', { name: new RegExp(`^${say(`commands.${kind}`)}( ?, .*)?$`) }),
    send: (number, kind) => lab.announced(() => panel(number).getByRole('button', { name: new RegExp(`^${say(`commands.${kind}`)}( ?, .*)?$`) }).click()),
    seen: async (number) => Number((await panel(number).locator('.chosen__version').textContent()).slice(1)),
    switched: (number, version) => panel(number).getByRole('switch', { name: say('commands.as_seen', { version }), exact: true }),
  };
}

describe('two people', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  test('act on one order with the keyboard alone: the second meets a conflict, looks again and succeeds', async () => {
    const { page, lab, close } = await openLab(site);
    const people = peopleOf(lab);
    const press = (key) => lab.announced(() => page.keyboard.press(key));
    await press('c');
    await eventually(lab.offered, true);
    const order = lab.selected().slice(-4);
    await page.keyboard.press('m');
    await eventually(() => focused(page), lab.say('pane.commands'));
    await tabTo(page, lab.say('commands.second'));
    await page.keyboard.press('Enter');
    await people.panel(2).waitFor();
    assert.equal(await people.panel(1).count(), 0, 'where there is room for one, the second comes to the front');

    await tabTo(page, lab.say('commands.as_seen', { version: 1 }), 'Shift+Tab');
    await page.keyboard.press('Space');
    await eventually(() => people.insisting(2).isChecked(), true);
    await tabTo(page, `${lab.say('commands.cancel')}: ${lab.say('commands.edit')}`);
    await page.keyboard.press('Enter');
    await people.panel(2).getByLabel(lab.say('fact.reason')).waitFor();
    await tabTo(page, lab.say('fact.reason'));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Bought twice');

    await tabTo(page, people.name(1), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await people.panel(1).waitFor();
    assert.equal(await people.insisting(1).isChecked(), false, 'each has a switch of their own');
    await tabTo(page, lab.say('commands.pay'));
    const paid = await press('Enter');
    assert.match(paid, /^ConfirmPayment was accepted/, 'the first person is not named');
    await eventually(() => people.seen(1), 2);

    await tabTo(page, people.name(2), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await eventually(() => people.seen(2), 1, 'who has not looked again sees what they saw');
    await tabTo(page, lab.say('commands.cancel'));
    const command = `CancelOrder (${people.name(2)})`;
    const reason = lab.say('refusal.conflict', { seen: 1, actual: 2 });
    assert.equal(await press('Enter'), lab.say('happened.conflict', { command, reason }));
    await people.panel(2).getByText(reason, { exact: true }).waitFor();
    assert.equal(await lab.length(), 2, 'nothing was stored');

    await eventually(() => focused(page), lab.say('commands.look_again'));
    assert.equal(await press('Enter'), lab.say('commands.seen_now', { version: 2 }));
    await eventually(() => people.seen(2), 2);
    await people.switched(2, 2).waitFor();
    await eventually(() => focused(page), lab.say('commands.cancel'), 'the focus is back at the command');
    assert.equal(await people.panel(2).getByText(reason, { exact: true }).count(), 0);
    assert.equal(await page.locator('[id="CancelOrder-reason-2"]').inputValue(), 'Bought twice', 'what was typed is kept');
    assert.equal(await press('Enter'), lab.say('happened.accepted', { command, event: 'OrderCancelled', position: 3, order, version: 3 }));
    await eventually(() => people.seen(2), 3, 'an own command shows what it came to');
    await eventually(async () => (await lab.row(3).textContent()).includes('Bought twice'), true);
    await close();
  });

  test('stand side by side where there is room, each with what they see and typed, and each moment says whose it is', async () => {
    const { page, lab, close } = await openLab(site, { size: WIDE });
    const people = peopleOf(lab);
    await lab.create();
    await people.second.click();
    await people.panel(2).waitFor();
    assert.equal(await people.panel(1).count(), 1);
    assert.equal(await people.front(1).count(), 0, 'nobody has to be brought to the front');
    for (const number of [1, 2]) await people.insisting(number).check();
    await people.panel(1).getByRole('button', { name: `${lab.say('commands.ship')}: ${lab.say('commands.edit')}` }).click();
    await page.locator('[id="ShipOrder-carrier"]').fill('Boreas');
    await people.send(1, 'pay');
    await eventually(async () => [await people.seen(1), await people.seen(2)], [2, 1]);
    assert.equal(await people.button(1, 'ship').textContent(), lab.say('commands.ship'));
    assert.match(await people.button(2, 'ship').textContent(), /will be refused/, 'what they see of it is not paid');
    assert.equal(await page.locator('[id="ShipOrder-carrier-2"]').count(), 0, 'each opens for themselves');
    await people.panel(2).getByRole('button', { name: `${lab.say('commands.ship')}: ${lab.say('commands.edit')}` }).click();
    assert.equal(await page.locator('[id="ShipOrder-carrier-2"]').inputValue() === 'Boreas', false, 'each typed for themselves');

    // Letters act for who has the focus.
    await people.insisting(2).focus();
    assert.match(await lab.announced(() => page.keyboard.press('x')), /^CancelOrder \(Person 2\) met a conflict/);
    await people.insisting(1).focus();
    assert.match(await lab.announced(() => page.keyboard.press('s')), /^ShipOrder was accepted/);
    await people.panel(2).getByRole('button', { name: lab.say('commands.look_again') }).first().click();
    await eventually(async () => [await people.seen(1), await people.seen(2)], [3, 3]);
    assert.deepEqual(await axeFindings(page), []);

    await page.getByRole('button', { name: lab.say('transport.table') }).click();
    const rows = page.getByRole('grid', { name: lab.say('moments.title') }).getByRole('row');
    const texts = async () => (await rows.allTextContents()).join('\n');
    await page.getByRole('grid', { name: lab.say('moments.title') }).focus();
    await eventually(async () => (await texts()).includes('ShipOrder'), true);
    for (let up = 0; up < 60 && !(await texts()).includes('Person 2 sends CancelOrder'); up += 1) await page.keyboard.press('ArrowUp');
    assert.match(await texts(), /Person 2 sends CancelOrder for order .*, as seen at version 1/);
    assert.match(await texts(), /CancelOrder \(Person 2\)CancelOrder \(Person 2\) goes in through/);
    await close();
  });

  test('have a box each in the picture, and a command goes from its own', async () => {
    const { page, lab, close } = await openLab(site);
    const people = peopleOf(lab);
    await lab.create();
    const box = (name) => page.locator('.picture__drawing').getByRole('button', { name, exact: true });
    assert.equal(await box(people.name(1)).count(), 1, 'who is alone is called as in the sentences');
    await people.second.click();
    await box(people.name(2)).waitFor();
    assert.equal(await box(people.name(1)).count(), 1);
    await people.send(2, 'pay');
    const isLit = (number) => box(people.name(number)).evaluate((box) => box.classList.contains('picture__box--lit'));
    const sentence = page.locator('.moment-now__sentence');
    await page.evaluate(() => document.activeElement.blur());
    for (let back = 0; back < 60 && !/^Person 2 sends/.test(await sentence.textContent()); back += 1) await page.keyboard.press('ArrowLeft');
    await eventually(async () => [await isLit(1), await isLit(2)], [false, true]);
    const token = page.locator('.picture__token[role=button]').first();
    assert.match(await token.getAttribute('aria-label'), /^ConfirmPayment \(Person 2\) order .*, Person 2, /);
    await close();
  });

  test('are there after a reload, each with their switch, and can be sent away', async () => {
    const { page, lab, close } = await openLab(site, { language: 'es' });
    const people = peopleOf(lab);
    await lab.create();
    await people.second.click();
    await people.insisting(2).check();
    await page.reload();
    await lab.ready();
    await people.front(2).click();
    await people.switched(2, 1).waitFor();
    assert.equal(await people.insisting(2).isChecked(), true);
    await people.front(1).click();
    assert.equal(await people.insisting(1).isChecked(), false);
    await people.second.click();
    await eventually(() => page.locator('.people__panel').count(), 1);
    await page.reload();
    await lab.ready();
    assert.equal(await page.locator('.people__panel').count(), 1);
    await close();
  });

  test('in the past a panel shows no more than there was, and back in the present what it saw', async () => {
    const { page, lab, close } = await openLab(site, { size: WIDE });
    const people = peopleOf(lab);
    await lab.create();
    await people.second.click();
    await people.insisting(2).check();
    await people.send(1, 'pay');
    await people.panel(2).getByRole('button', { name: lab.say('commands.look_again') }).click();
    await eventually(() => people.seen(2), 2);
    await people.send(1, 'ship');
    await eventually(async () => [await people.seen(1), await people.seen(2)], [3, 2]);
    await page.evaluate(() => document.activeElement.blur());
    const end = lab.page.getByRole('region', { name: lab.say('transport.title') }).getByRole('button', { name: lab.say('transport.end') });
    for (let back = 0; back < 90 && await people.seen(1) > 1; back += 1) {
      await page.keyboard.press('ArrowLeft');
      if (back % 10 === 9) await new Promise((rest) => setTimeout(rest, 400));
    }
    await eventually(async () => [await people.seen(1), await people.seen(2)], [1, 1]);
    await end.click();
    await eventually(async () => [await people.seen(1), await people.seen(2)], [3, 2]);
    await close();
  });

  test('on a phone one is in front, and nothing is in the way of anybody', async () => {
    const { page, lab, close } = await openLab(site, { size: 'phone' });
    const people = peopleOf(lab);
    await lab.create();
    await people.second.click();
    await people.insisting(2).check();
    await people.front(1).click();
    await people.send(1, 'pay');
    await people.front(2).click();
    await people.send(2, 'cancel');
    assert.deepEqual(await axeFindings(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(wide, 0, 'nothing is wider than the screen');
    await close();
  });
});

/** The words on what has the focus, or of its label, without what is added for a command that will be refused. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const label = element.labels?.[0]?.textContent;
  return (element.getAttribute('aria-label') ?? label ?? element.textContent).split(',')[0].trim();
});

/** Presses Tab until something with these words has the focus. */
async function tabTo(page, name, key = 'Tab') {
  for (let stop = 0; stop < 40; stop += 1) {
    await page.keyboard.press(key);
    if (await focused(page) === name) return;
  }
  assert.fail(`${key} does not lead to ${name}`);
}
