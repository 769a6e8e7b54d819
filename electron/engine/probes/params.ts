import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { compilePattern } from '../catalog/pattern.ts';

/** What several probes take. The messages are shown to authors of labs. */
export const interfaceName = z
  .string()
  .regex(/^[^\s/]{1,15}$/, 'is not an interface name (1 to 15 characters, no space, no /)');

export const ipAddress = z
  .string()
  .refine((text) => ipaddr.isValid(text) && !text.includes('/'), 'is not an IP address, such as 192.168.1.10');

export const macAddress = z
  .string()
  .regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i, 'is not a MAC address, such as 02:00:00:00:00:01');

export const network = z
  .string()
  .refine(
    (text) => text === 'default' || ipaddr.isValidCIDR(text),
    'is neither `default` nor a network such as 192.168.1.0/24',
  );

export const family = z.enum(['inet', 'inet6']).default('inet').describe('inet is IPv4, inet6 is IPv6');

export const linePattern = z
  .string()
  .superRefine((pattern, context) => {
    const compiled = compilePattern(pattern);
    if ('wrong' in compiled) context.addIssue({ code: 'custom', message: compiled.wrong });
  })
  .describe(
    'A regular expression for a line, in the syntax of RE2; what its first group holds is the value, without a group what fits',
  );

/** A number, or a variable's value, which is a text. */
export const port = z.union([z.int().min(1).max(65535), z.string().regex(/^\d{1,5}$/, 'is not a port')]);

export const netnsName = z
  .string()
  .regex(/^(?!\.{1,2}$)[^\s/\0]{1,255}$/, 'is not the name of a network namespace (no space, no /)');
