/**
 * xterm writes style elements, and style attributes for 24-bit colours; the page's Content Security Policy allows neither by itself, and
 * xterm offers no way to say so. From its first terminal on, what the page's document creates is prepared for that: a style element
 * carries the page's nonce, and a span takes a style attribute through its style object, which the policy allows.
 */
export function allowXtermStyles(page: Document): void {
  if (Object.hasOwn(page, 'createElement')) return;
  const nonce = page.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  const create = page.createElement.bind(page);
  const createPrepared = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (name === 'span') element.setAttribute = setAttributeByStyle;
    else if (name === 'style') element.nonce = nonce;
    return element;
  };
  Object.defineProperty(page, 'createElement', { value: createPrepared, configurable: true });
}

function setAttributeByStyle(this: HTMLElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
}
