import { addressAt, formatSubnet, holdsIndex, maskOf, type Subnet, toAddress } from './subnet.ts';

/** What a variable holds in one run. */
export type Bound =
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  | { readonly kind: 'plain'; readonly text: string };
export type Bindings = ReadonlyMap<string, Bound>;

/** A template that cannot be replaced. `word` is what was wrong, `known` what could stand there. */
export class TemplateError extends Error {
  constructor(
    message: string,
    readonly template: string,
    readonly word: string,
    readonly known: readonly string[],
  ) {
    super(message);
  }
}

/** What stands after the dot, for a network. */
const subnetWords: Readonly<Record<string, (subnet: Subnet) => string>> = {
  cidr: formatSubnet,
  prefix: (subnet) => String(subnet.prefix),
  mask: (subnet) => maskOf(subnet.prefix),
  network: (subnet) => toAddress(subnet.base),
  broadcast: (subnet) => addressAt(subnet, -1),
};

/** What stands after the dot, for one address of a network. */
const addressWords: Readonly<Record<string, (subnet: Subnet, address: string) => string>> = {
  cidr: (subnet, address) => `${address}/${subnet.prefix}`,
};

// `$${` stands for `${` itself.
const anyTemplate = /\$\$\{|\$\{([^{}]*)\}?/g;
const parts = /^([A-Za-z][A-Za-z0-9_]*)(?:\[(-?\d+)\])?(?:\.([A-Za-z]*))?$/;

/** The templates in a text, as they are written. */
export const templatesIn = (text: string): string[] =>
  [...text.matchAll(anyTemplate)].map((match) => match[0]).filter((written) => written !== '$${');

/** `${left}` is a network, `${left[10]}` an address; throws the first TemplateError. */
export const fill = (text: string, bindings: Bindings): string =>
  text.replace(anyTemplate, (written: string, inside?: string) =>
    inside === undefined ? '${' : valueIn(written, inside, bindings),
  );

const valueIn = (written: string, inside: string, bindings: Bindings): string => {
  const match = written.endsWith('}') ? parts.exec(inside) : null;
  const [, name = '', index, word] = match ?? [];
  if (!match)
    throw new TemplateError(
      `\`${written}\` is no template: write \`\${name}\`, \`\${name[10]}\` or \`\${name.word}\``,
      written,
      inside,
      [...bindings.keys()],
    );
  const bound = bindings.get(name);
  if (!bound) throw new TemplateError(`no variable \`${name}\``, written, name, [...bindings.keys()]);
  if (bound.kind === 'plain') {
    if (index === undefined && word === undefined) return bound.text;
    throw new TemplateError(
      `\`${name}\` is not a network, so it has no \`${inside.slice(name.length)}\``,
      written,
      inside,
      [name],
    );
  }
  if (index === undefined) return ofWord(subnetWords, word ?? 'cidr', written)(bound.subnet);
  return ofAddress(bound.subnet, Number(index), word, written);
};

const ofAddress = (subnet: Subnet, index: number, word: string | undefined, written: string): string => {
  if (!holdsIndex(subnet.prefix, index))
    throw new TemplateError(`a /${subnet.prefix} network has no address [${index}]`, written, String(index), []);
  const address = addressAt(subnet, index);
  return word === undefined ? address : ofWord(addressWords, word, written)(subnet, address);
};

const ofWord = <Reader>(words: Readonly<Record<string, Reader>>, word: string, written: string): Reader => {
  const reader = Object.hasOwn(words, word) ? words[word] : undefined;
  if (reader) return reader;
  const known = Object.keys(words);
  throw new TemplateError(
    `\`.${word}\` is not known here; ${known.map((it) => `\`.${it}\``).join(', ')}`,
    written,
    word,
    known,
  );
};
