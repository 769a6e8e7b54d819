import { z } from 'zod';

/** What finds objects of a cluster, in every probe that asks for some. */
export const selectorParams = {
  name: z.string().min(1).optional().describe('Only the one with this name'),
  namespace: z.string().min(1).optional().describe('Usually `default`; `*` is all namespaces'),
  selector: z.string().min(1).optional().describe('Labels, such as app=web or k8s-app in (a, b)'),
};

/** Null is all of them. */
export const namespaceOrAll = (written: string | undefined): string | null =>
  written === '*' ? null : (written ?? 'default');
