import type { Scalar, ValueType } from '../../probes/probe.ts';
import { boolean } from './boolean.ts';
import { cidr } from './cidr.ts';
import { count } from './count.ts';
import { interfaceName } from './interfaceName.ts';
import { ip } from './ip.ts';
import { mac } from './mac.ts';
import { name } from './name.ts';
import { path } from './path.ts';
import { port } from './port.ts';
import type { Reader } from './reader.ts';
import { text } from './text.ts';

/** Every type of value and how it is read. A new one is a file and a line here. */
export const readers: Readonly<Record<ValueType, Reader>> = {
  text,
  mac,
  ip,
  cidr,
  port,
  count,
  path,
  name,
  interface: interfaceName,
  boolean,
};

/** The one form of everything that means the same as this value; null when it is no value of that type, and for null. */
export const canonical = (type: ValueType, value: Scalar): string | null =>
  value === null ? null : readers[type].canonical(String(value));
