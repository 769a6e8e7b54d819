/**
 * xterm writes style elements, and style attributes for 24-bit colours; the page's Content Security Policy allows neither by itself.
 * Its documented `documentOverride` is this: the page's own document, except that style elements carry the page's nonce, and that a style
 * attribute is set through the element's style object, which the policy allows.
 */
export function documentForXterm(page: Document): Document {
  return new Proxy(page, {
    get(target, key) {
      if (key === 'createElement') return (name: string) => prepared(target.createElement(name), nonceOf(target));
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
}

/** One part of xterm (its viewport) asks the page's document in any case: style elements made during `work` carry the nonce. */
export function withNonce<T>(page: Document, work: () => T): T {
  const own = Object.getOwnPropertyDescriptor(page, 'createElement');
  const create = page.createElement.bind(page);
  const createWithNonce = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonceOf(page);
    return element;
  };
  Object.defineProperty(page, 'createElement', { value: createWithNonce, configurable: true });
  try {
    return work();
  } finally {
    if (own) Object.defineProperty(page, 'createElement', own);
    else Reflect.deleteProperty(page, 'createElement');
  }
}

/** Written into index.html by the shell that serves it. */
const nonceOf = (page: Document): string =>
  page.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

function prepared(element: HTMLElement, nonce: string): HTMLElement {
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  else if (element instanceof HTMLSpanElement) element.setAttribute = setAttributeByStyle;
  return element;
}

function setAttributeByStyle(this: HTMLElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
}
