import type { Page } from '@playwright/test';

/**
 * Texts from the catalogues come in marks from a shop that was started for it: `⟦Save~~⟧`. What a test
 * types is in marks of its own.
 */
export function own(words: string): string {
  return `⟪${words}⟫`;
}

/** Data that are written alike in every language, in an empty shop: each with what it is. */
const data: RegExp[] = [
  /https?:\/\/\S+/gu,
  // Paths of the shop.
  /(?<![\p{L}\p{N}])\/[a-z][\w/-]*/gu,
  // E-mail addresses, and their halves where a line breaks.
  /[\w.+-]+@[\w.-]+/gu,
  // Numbers of orders, ids and SKUs.
  /\bHF-[0-9A-Z]{5}-[0-9A-Z]{5}\b/gu,
  /\b[0-9a-f]{6,}\b/gu,
  /\bMARK-\d+\b/gu,
  // Languages are called what those who speak them call them.
  /\b(?:English|Deutsch)\b/gu,
  // Currencies and units.
  /\b(?:EUR|kg|g|px|MB|KB|ms)\b/gu,
  // Countries of test addresses and of the seller.
  /\b(?:Germany|Deutschland|DE|Switzerland|Schweiz|CH)\b/gu,
  // Days, as papers have them.
  /\b\d{1,2}\.? \p{L}{3,9}\.? \d{4}\b/gu,
  // Days that are near, without their year: `Tue 1 – Thu 3 Dec`, `Di., 1. – Do., 3. Dez.`
  /\b\d{1,2}\.? (?:Jan|Feb|Mar|März|Apr|May|Mai|June?|Juni|July?|Juli|Aug|Sept?|Oct|Okt|Nov|Dec|Dez)\b\.?/gu,
  /\b(?:Mon?|Tue|Wed|Thu|Fri?|Sat?|Sun|Di|Mi|Do|So)\b\.?,?(?: \d{1,2}\b\.?)?(?= |$)/gu,
  // Ids of the rates that a shop begins with.
  /\b(?:standard|express|pickup)\b/gu,
  // Typefaces.
  /\b(?:Inter|Outfit|Literata|Fraunces)\b/gu,
  // Formats of files, and protocols.
  /\b(?:CSV|PNG|JPEG|WebP|SVG|Shopify|Markdown|https?)\b/gu,
  // Time zones.
  /\b(?:UTC|GMT|CET|CEST|MEZ|MESZ)\b/gu,
];

/** What is left of a text without marks and data, if that is words. */
export function stray(text: string): string {
  let left = text;
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(/⟦[^⟦⟧]*⟧|⟪[^⟪⟫]*⟫/gu, ' ');
  }
  // A message around a number is in two texts.
  left = left.replace(/⟦[^⟦⟧]*$|^[^⟦⟧]*⟧/gu, ' ');
  for (const known of data) {
    left = left.replace(known, ' ');
  }
  return /\p{L}{2,}/u.test(left) ? left.replace(/\s+/gu, ' ').trim() : '';
}

/** Words of an e-mail that are in no marks. */
export function straysOfMail(mail: string): string {
  const [, text = ''] = mail.split(/Content-Type: text\/plain[\s\S]*?\r\n\r\n/u);
  const [body = ''] = text.split(/\r\n--/u);
  return stray(body.replace(/\r\n/gu, ' '));
}

interface Said {
  text: string;
  where: string;
}

/** All that a page says, to the eye or to a screen reader, and where. */
async function said(page: Page): Promise<Said[]> {
  return page.evaluate(() => {
    const silent =
      'script, style, template, noscript, code, kbd, time, [name$=country] option, ' +
      '[name=currency] option, [name=time_zone] option, datalist option, ' +
      // What was stored before and after a change.
      '.log del, .log ins';
    const spoken = ['aria-label', 'alt', 'title', 'placeholder', 'data-label'];
    const found: { text: string; where: string }[] = [];
    const name = (element: Element) => {
      const id = element.id === '' ? '' : `#${element.id}`;
      const of = typeof element.className === 'string' ? element.className.trim() : '';
      return `${element.tagName.toLowerCase()}${id}${of === '' ? '' : `.${of.split(/\s+/)[0]}`}`;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent ?? '';
      // Names of countries are beside their boxes.
      const box = parent?.closest('label')?.querySelector('[name$="countries[]"], [name$="[countries][]"]');
      if (parent === null || text.trim() === '' || parent.closest(silent) !== null || box) {
        continue;
      }
      found.push({ text, where: name(parent) });
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const attribute of spoken) {
        const text = element.getAttribute(attribute);
        if (text !== null && element.closest('script, template, noscript') === null) {
          found.push({ text, where: `${name(element)}[${attribute}]` });
        }
      }
    }
    found.push({ text: document.title, where: 'title' });
    const description = document.querySelector('meta[name=description]');
    found.push({ text: description?.getAttribute('content') ?? '', where: 'meta' });
    return found;
  });
}

/** Words of a page that are in no marks, with where they are. */
export async function strays(page: Page): Promise<string[]> {
  const found = (await said(page)).map(({ text, where }) => ({ words: stray(text), where }));
  const told = found.filter(({ words }) => words !== '').map(({ words, where }) => `${where}: ${words}`);
  return [...new Set(told)];
}

/** Texts in marks that the page cuts off, or that are outside of the window. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) {
      details.open = true;
    }
    const found = new Set<string>();
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width + 1) {
      found.add(`the page is ${document.documentElement.scrollWidth} px wide`);
    }
    const verdict = (rect: DOMRect, parent: Element): string => {
      for (let box: Element | null = parent; box !== null; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.display === 'inline' || box === document.documentElement) {
          continue;
        }
        if (/auto|scroll/.test(style.overflowX)) {
          // It can be brought into view.
          return '';
        }
        const edge = box.getBoundingClientRect();
        const hides = (overflow: string) => /hidden|clip/.test(overflow);
        if (hides(style.overflowX) && (rect.right > edge.right + 2 || rect.left < edge.left - 2)) {
          return 'cut off at the side';
        }
        if (hides(style.overflowY) && (rect.bottom > edge.bottom + 4 || rect.top < edge.top - 4)) {
          return 'cut off above or below';
        }
      }
      return rect.right > width + 1 || rect.left < -1 ? 'outside of the window' : '';
    };
    // What is kept for screen readers alone, as the head of a table whose rows are stacked.
    const isClipped = (element: Element): boolean => {
      for (let box: Element | null = element; box !== null; box = box.parentElement) {
        if (getComputedStyle(box).clipPath === 'inset(50%)') {
          return true;
        }
      }
      return false;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent ?? '';
      if (parent === null || !text.includes('⟦')) {
        continue;
      }
      const isForReaders =
        parent.closest('.skip-link, option') !== null || isClipped(parent);
      if (isForReaders || !parent.checkVisibility({ visibilityProperty: true })) {
        continue;
      }
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const why = rect.width > 0 ? verdict(rect, parent) : '';
        if (why !== '') {
          found.add(`${why}: ${text.trim()}`);
        }
      }
    }
    return [...found];
  });
}
