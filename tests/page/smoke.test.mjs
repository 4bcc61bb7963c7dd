// The release page opens, keeps quiet and talks to nobody else.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startSite, untilMounted } from './support.mjs';

describe('the release page', () => {
  let site;
  before(async () => {
    site = await startSite();
  });
  after(() => site.stop());

  test('opens without a message on the console or a request to another origin', async () => {
    const { page, close } = await site.openPage();
    await untilMounted(page);
    assert.match(await page.title(), /^Hindsight/);
    await close();
  });

  test('waits in the language and the colours of the person', async () => {
    const held = () => {
      WebAssembly.instantiateStreaming = () => new Promise(() => {});
    };
    const heldAndChosen = () => {
      WebAssembly.instantiateStreaming = () => new Promise(() => {});
      localStorage.setItem('hindsight.language', '"es"');
      localStorage.setItem('hindsight.theme', '"dark"');
    };
    const visits = [
      { visitor: { language: 'es' }, lang: 'es', theme: 'system' },
      { visitor: { language: 'fr' }, lang: 'en', theme: 'system' },
      { visitor: { language: 'es', hash: '#/lab?lang=en' }, lang: 'en', theme: 'system' },
      { visitor: { language: 'en', init: heldAndChosen }, lang: 'es', theme: 'dark' },
    ];
    for (const { visitor, lang, theme } of visits) {
      const { page, close } = await site.openPage({ init: held, ...visitor });
      await page.locator(`#loading .loading-what[lang=${lang}]`).waitFor();
      assert.equal(await page.locator('#loading .loading-what:visible').count(), 1);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      assert.equal(await page.locator('html').getAttribute('data-theme'), theme);
      await close();
    }
  });

  test('waits with the beginning of home, where home will be', async () => {
    const held = () => {
      const start = WebAssembly.instantiateStreaming.bind(WebAssembly);
      const gate = new Promise((open) => { window.letStart = open; });
      WebAssembly.instantiateStreaming = (...what) => gate.then(() => start(...what));
    };
    const beginning = (page) => page.evaluate(() => ['.header__mark', '.home__title', '.home__text'].map((part) => {
      const element = [...document.querySelectorAll(part)].find((found) => found.checkVisibility());
      const { left, top, width, height } = element.getBoundingClientRect();
      return [element.textContent, ...[left, top, width, height].map(Math.round)];
    }));
    for (const size of ['desktop', 'phone']) {
      for (const language of ['en', 'es']) {
        const { page, close } = await site.openPage({ hash: '#/', init: held, size, language });
        await page.locator('#loading').waitFor();
        const before = await beginning(page);
        await page.evaluate(() => window.letStart());
        await untilMounted(page);
        assert.deepEqual(await beginning(page), before, `${size}, ${language}`);
        await close();
      }
    }
  });

  test('may run nothing but its own scripts', async () => {
    const { page, context } = await site.openPage();
    await untilMounted(page);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
      return window.intruder === true;
    });
    assert.equal(ran, false);
    await context.close();
  });

  test('has a manifest whose icons exist', async () => {
    const manifest = await (await fetch(new URL('manifest.webmanifest', site.url))).json();
    for (const { src } of manifest.icons) {
      assert.equal((await fetch(new URL(src, site.url))).status, 200, src);
    }
  });
});
