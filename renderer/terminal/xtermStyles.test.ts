import { afterEach, expect, test } from 'vitest';
import { allowXtermStyles } from './xtermStyles.ts';

afterEach(() => {
  Reflect.deleteProperty(document, 'createElement');
  document.head.innerHTML = '';
});

test('a style element carries the nonce that the shell wrote into the page', () => {
  document.head.innerHTML = '<meta name="csp-nonce" content="n1">';
  allowXtermStyles(document);
  allowXtermStyles(document);
  expect(document.createElement('style').nonce).toBe('n1');
});

test('a span takes a style attribute through its style object, and every other attribute as it is', () => {
  allowXtermStyles(document);
  const span = document.createElement('span');
  span.setAttribute('style', `${span.getAttribute('style') ?? ''}color: red;`);
  span.setAttribute('title', 'x');
  expect([span.style.color, span.title]).toEqual(['red', 'x']);
});
