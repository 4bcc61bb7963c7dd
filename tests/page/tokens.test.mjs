// The picture with the keyboard: what becomes of the focus on something that moves, and what a menu does.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openLab } from './lab.mjs';
import { eventually, startSite } from './support.mjs';

describe('in the picture', () => {
  let site;
  before(async () => { site = await startSite(); });
  after(() => site.stop());

  const label = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName);
  const step = (page, key) => page.getByRole('button', { name: key, exact: true }).evaluate((button) => button.click());

  test('the focus goes along with a token, and stays in the box where the token ends', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.send('deliver');
    const token = page.locator('.picture__token[role=button][aria-label^=DeliverOrder]');
    // Back to where the command is on its way, and the focus on it.
    for (let back = 0; back < 30 && await token.count() === 0; back += 1) await step(page, lab.say('transport.back'));
    await token.focus();
    assert.match(await label(page), /^DeliverOrder/);
    await step(page, lab.say('transport.back'));
    assert.match(await label(page), /^DeliverOrder/, 'it is the same token, somewhere else');
    while (await token.count() > 0) {
      await eventually(async () => (await label(page)).startsWith('DeliverOrder'), true);
      await step(page, lab.say('transport.step'));
    }
    assert.equal(await label(page), lab.say('who.person', { number: 1 }), 'its answer went to the person');
    await close();
  });

  test('a read model is rebuilt from its menu', async () => {
    const { page, lab, close } = await openLab(site);
    await lab.create();
    await lab.modelsAt(1);
    const model = lab.say('model.sales_dashboard');
    await page.getByRole('button', { name: lab.say('picture.trouble', { part: model }) }).press('Enter');
    await page.locator('#picture-menu').getByRole('button', { name: lab.say('models.rebuild'), exact: true }).press('Enter');
    const cleared = lab.say('moment.model_cleared', { model });
    await page.getByRole('button', { name: lab.say('transport.table') }).click();
    await eventually(async () => (await page.getByRole('grid', { name: lab.say('moments.title') }).textContent()).includes(cleared), true);
    await lab.modelsAt(1);
    await close();
  });
});
