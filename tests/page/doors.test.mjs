// Doors: an address leads to what it says, afresh; nobody loses where they were, and nothing piles up.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { eventually, startSite, words } from './support.mjs';

describe('doors', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  const branch = ({ page, say }) => page.getByRole('combobox', { name: say('branch.label') });
  const names = (lab) => branch(lab).locator('option').allTextContents();
  const chosen = (lab) => branch(lab).locator('option:checked').textContent();

  /** Plays to the end. A reload comes back to where the tapes were kept last, which may be the end already. */
  const playOut = ({ page, say, length }, expected, message) => eventually(async () => {
    const end = page.getByRole('button', { name: say('transport.end') });
    if (await end.getAttribute('aria-disabled') !== 'true') await end.dispatchEvent('click');
    return length();
  }, expected, message);

  test('a scenario is opened afresh, and the one that was altered stays', async () => {
    const { page, lab, close } = await openLab(site, { hash: '#/s/5' });
    const [main, five] = [lab.say('branch.first'), lab.say('branch.scenario', { scenario: 5 })];
    const again = async () => {
      await page.getByRole('link', { name: lab.say('nav.scenarios') }).click();
      await page.locator('.scenarios__link[href="#/s/5"]').click();
    };
    await eventually(() => names(lab), [main, five]);
    const length = 4;
    await playOut(lab, length);

    await page.reload();
    await lab.ready();
    await eventually(() => names(lab), [main, five], 'a reload begins no other branch');
    assert.equal(await chosen(lab), five);
    await playOut(lab, length);
    await lab.send('create');
    await eventually(lab.length, length + 1);
    await page.goto(`${site.url}#/s/5`);
    const fresh = `${five} (${(await names(lab)).length + 1})`;
    await eventually(async () => (await names(lab)).length, 3, 'the altered one is not shown as the scenario');
    await eventually(async () => (await chosen(lab)).startsWith(`${five} (`), true, fresh);
    await playOut(lab, length, 'it is what the scenario says');
    await again();
    await eventually(async () => (await names(lab)).length, 3, 'one that nobody altered gives way');

    await branch(lab).selectOption({ label: five });
    await eventually(lab.length, length + 1, 'what was done is still there');
    await page.reload();
    await lab.ready();
    await eventually(() => chosen(lab), five, 'a reload comes back to the branch that was shown');
    assert.equal(await lab.length(), length + 1);
    assert.match(page.url(), /#\/s\/5$/);
    await close();
  });

  test('the way back in the history leads to the branch that was shown there', async () => {
    const { page, lab, close } = await openLab(site, { hash: '#/s/5' });
    const five = lab.say('branch.scenario', { scenario: 5 });
    await eventually(() => chosen(lab), five);
    const length = 4;
    await playOut(lab, length);
    await lab.send('create');
    await eventually(() => page.url().includes('#/lab/order/'), true);
    await branch(lab).selectOption({ label: lab.say('branch.first') });
    await eventually(lab.length, 0);
    await page.goBack();
    await eventually(lab.length, length + 1);
    assert.equal(await chosen(lab), five);
    await close();
  });

  test('the empty lab is empty, and what was there stays', async () => {
    const { page, lab, close } = await openLab(site);
    const door = async () => {
      await page.goto(`${site.url}#/`);
      await page.getByRole('link', { name: new RegExp(lab.say('home.lab')) }).click();
    };
    const main = lab.say('branch.first');
    await door();
    await page.getByText(lab.say('empty.title')).waitFor();
    assert.equal(await branch(lab).count(), 0, 'it is empty already: no branch begins');
    await page.reload();
    await lab.ready();
    await page.getByText(lab.say('empty.title')).waitFor();
    await lab.create();

    await door();
    await page.getByText(lab.say('empty.title')).waitFor();
    assert.equal(new URL(page.url()).hash, '#/lab');
    const second = lab.say('branch.lab', { number: 2 });
    await eventually(() => names(lab), [main, second]);
    assert.equal(await lab.length(), 0);
    await page.reload();
    await lab.ready();
    assert.deepEqual([await chosen(lab), await lab.length()], [second, 0]);
    await page.goto(`${site.url}#/`);
    await page.getByRole('link', { name: lab.say('nav.lab'), exact: true }).click();
    assert.equal(await chosen(lab), second, 'the lab in the header is the branch of now');
    await branch(lab).selectOption({ label: main });
    await eventually(lab.length, 1);
    await close();
  });

  test('behind "break something" something breaks, in both languages', async () => {
    for (const language of ['en', 'es']) {
      const say = words(language);
      const { page, close } = await site.openPage({ hash: '', language });
      await page.getByRole('link', { name: new RegExp(say('home.break')) }).click();
      const said = new RegExp(say('moment.crashed').replace(/\{who\}/, '.*'));
      const { steps } = await page.evaluate(() => fetch('scenarios/29.json').then((file) => file.json()));
      await page.getByRole('button', { name: say('transport.end') }).click();
      await page.getByRole('button', { name: steps[0].words[language] }).click();
      await page.locator('.moment-now').getByText(said).waitFor();
      await close();
    }
  });

  test('undo after a reload takes back what the person did before it', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('pay');
    await lab.modelsAt(2);
    await page.reload();
    await lab.ready();
    await lab.modelsAt(2);
    const undo = page.getByRole('button', { name: lab.say('branch.undo') });
    assert.equal(await lab.announced(() => undo.click()), lab.say('branch.undone'));
    await eventually(lab.length, 1, 'the payment is undone');
    await close();
  });
});
